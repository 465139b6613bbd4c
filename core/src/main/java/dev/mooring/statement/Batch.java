package dev.mooring.statement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement and the lists of parameters that it is run with, one after the other. */
public record Batch(String sql, SqlText text, List<@Nullable Object[]> lists) {

    /**
     * {@return {@code sql} with these lists, in their order} It is one batch, unless a list behind IN makes other statements of
     * it: where an element is a parameter, it takes as many as there are elements.
     *
     * @throws dev.mooring.error.ProgrammingException if one of the lists has more or fewer values than {@code sql} takes
     */
    public static List<Batch> of(String sql, List<@Nullable Object[]> lists, PreparedStatements statements) {
        List<Batch> batches = new ArrayList<>(1);
        for (@Nullable Object[] parameters : lists) {
            SqlText text = statements.parse(sql, parameters);
            if (PreparedStatements.hasLists(text, parameters)) {
                InLists.Statement expanded = statements.expand(sql, text, parameters);
                add(expanded.sql(), statements.parse(expanded), expanded.array(), batches);
            } else {
                add(sql, text, parameters, batches);
            }
        }
        return batches;
    }

    private static void add(String sql, SqlText text, @Nullable Object[] parameters, List<Batch> batches) {
        Batch last = batches.isEmpty() ? null : batches.get(batches.size() - 1);
        if (last == null || !last.sql.equals(sql)) {
            last = new Batch(sql, text, new ArrayList<>());
            batches.add(last);
        }
        last.lists.add(parameters);
    }
}
