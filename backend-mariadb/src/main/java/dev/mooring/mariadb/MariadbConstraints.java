package dev.mooring.mariadb;

import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.SqlToken;
import dev.mooring.spi.SqlRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code information_schema} says of the keys, checks and indexes of one table, in the shape that Django gives it. A constraint
 * and the index of the same name that stands for it are one.
 */
final class MariadbConstraints {

    private static final String KEYS = "SELECT k.constraint_name, k.column_name, k.referenced_table_name,"
            + " k.referenced_column_name, c.constraint_type FROM information_schema.key_column_usage k"
            + " JOIN information_schema.table_constraints c ON c.table_schema = k.table_schema"
            + " AND " + MariadbTableName.is("c.table_name", "k.table_name")
            + " AND c.constraint_name = k.constraint_name"
            + " AND (c.constraint_type = 'FOREIGN KEY') = (k.referenced_table_name IS NOT NULL)"
            + " WHERE k.table_schema = DATABASE() AND " + MariadbTableName.is("k.table_name")
            + " ORDER BY k.constraint_name, k.ordinal_position";

    private static final String CHECKS =
            "SELECT constraint_name, check_clause, level FROM information_schema.check_constraints"
                    + " WHERE constraint_schema = DATABASE() AND " + MariadbTableName.is("table_name");

    private static final String INDEXES =
            "SELECT index_name, column_name, index_type, collation FROM information_schema.statistics"
                    + " WHERE table_schema = DATABASE() AND " + MariadbTableName.is("table_name")
                    + " ORDER BY index_name, seq_in_index";

    private static final String COLUMNS = "SELECT column_name FROM information_schema.columns"
            + " WHERE table_schema = DATABASE() AND " + MariadbTableName.is("table_name");

    private final SqlRunner sql;
    private final String table;
    private final Map<String, Found> found = new LinkedHashMap<>();

    MariadbConstraints(SqlRunner sql, String table) {
        this.sql = sql;
        this.table = table;
    }

    List<ConstraintInfo> all() {
        MariadbTableName.rows(sql, KEYS, table).forEach(this::addKey);
        addChecks();
        MariadbTableName.rows(sql, INDEXES, table).forEach(this::addIndex);
        return found.values().stream().map(Found::info).toList();
    }

    private void addKey(List<@Nullable Object> row) {
        Found key = found.computeIfAbsent(text(row, 0), Found::new);
        key.add(text(row, 1));
        String type = text(row, 4);
        key.primaryKey = type.equals("PRIMARY KEY");
        key.unique = key.primaryKey || type.equals("UNIQUE");
        if (row.get(2) != null && key.target == null) {
            key.target = new ConstraintInfo.Target(text(row, 2), text(row, 3));
        }
    }

    /** The check of one column has the column's name, as an index on it may have. */
    private void addChecks() {
        List<List<@Nullable Object>> checks = MariadbTableName.rows(sql, CHECKS, table);
        if (checks.isEmpty()) {
            return;
        }
        Set<String> columns = MariadbTableName.rows(sql, COLUMNS, table).stream()
                .map(row -> text(row, 0))
                .collect(Collectors.toSet());
        int unnamed = 0;
        for (List<@Nullable Object> row : checks) {
            List<String> named = namedIn(text(row, 1), columns);
            boolean ofColumn = named.equals(List.of(text(row, 0)));
            String name = ofColumn ? "__unnamed_constraint_" + ++unnamed + "__" : text(row, 0);
            Found check = found.computeIfAbsent(name, Found::new);
            named.forEach(check::add);
            check.check = true;
        }
    }

    private static List<String> namedIn(String clause, Set<String> columns) {
        return SqlToken.of(clause).stream()
                .filter(token -> token.kind() == SqlToken.Kind.QUOTED_NAME && columns.contains(token.text()))
                .map(SqlToken::text)
                .distinct()
                .toList();
    }

    private void addIndex(List<@Nullable Object> row) {
        Found index = found.computeIfAbsent(text(row, 0), Found::new);
        index.index = true;
        String type = text(row, 2);
        index.type = type.equals("BTREE") ? "idx" : type.toLowerCase(Locale.ROOT);
        if (row.get(1) != null) {
            index.add(text(row, 1));
            index.orders.add("D".equals(row.get(3)) ? "DESC" : "ASC");
        }
    }

    private static String text(List<@Nullable Object> row, int column) {
        return String.valueOf(row.get(column));
    }

    /** What is known so far under one name. */
    private static final class Found {
        private final String name;
        private final List<@Nullable String> columns = new ArrayList<>();
        private final List<String> orders = new ArrayList<>();
        private boolean primaryKey;
        private boolean unique;
        private boolean check;
        private boolean index;
        private ConstraintInfo.@Nullable Target target;
        private @Nullable String type;

        Found(String name) {
            this.name = name;
        }

        void add(String column) {
            if (!columns.contains(column)) {
                columns.add(column);
            }
        }

        ConstraintInfo info() {
            return new ConstraintInfo(
                    name, columns, primaryKey, unique, target, check, index, orders, type, null, List.of());
        }
    }
}
