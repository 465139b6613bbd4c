package dev.mooring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** In which order tables are emptied: those that refer to others come first. */
final class FlushOrder {

    private final Map<String, Set<String>> referring;
    private final Set<String> seen;
    private final List<String> order = new ArrayList<>();

    private FlushOrder(Comparator<String> names) {
        referring = new TreeMap<>(names);
        seen = new TreeSet<>(names);
    }

    /**
     * {@return {@code tables} in order, with those among {@code known} that refer to them}
     *
     * @param referredTo says to which tables a table refers
     * @param names which names are the same
     */
    static List<String> of(
            Collection<String> tables,
            Collection<String> known,
            Function<String, List<String>> referredTo,
            Comparator<String> names) {
        FlushOrder flush = new FlushOrder(names);
        for (String table : known) {
            for (String other : referredTo.apply(table)) {
                flush.referring
                        .computeIfAbsent(other, key -> new TreeSet<>(names))
                        .add(table);
            }
        }
        tables.forEach(flush::visit);
        return List.copyOf(flush.order);
    }

    private void visit(String table) {
        if (seen.add(table)) {
            referring.getOrDefault(table, Set.of()).forEach(this::visit);
            order.add(table);
        }
    }
}
