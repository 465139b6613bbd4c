package dev.mooring.postgres;

import dev.mooring.schema.ConstraintInfo;
import dev.mooring.spi.SqlRunner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code pg_constraint} and {@code pg_index} say of one table, in the shape that Django gives it. */
final class PostgresConstraints {

    private static final String THE_TABLE = " JOIN pg_catalog.pg_class t ON t.oid = %s"
            + " WHERE t.relname = %%s AND pg_catalog.pg_table_is_visible(t.oid)";

    /**
     * A foreign key of several columns is told by its first target, and options are the table's: as in Django. Since version
     * 18 a column that is not null has a constraint too, which Django tells as the column's.
     */
    private static final String CONSTRAINTS = "SELECT c.conname, c.contype::text,"
            + " (SELECT array_agg(a.attname::text ORDER BY k.position) FROM unnest(c.conkey) WITH ORDINALITY k(number, position)"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number),"
            + " (SELECT r.relname::text FROM pg_catalog.pg_class r WHERE r.oid = c.confrelid),"
            + " (SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.confrelid AND a.attnum = c.confkey[1]),"
            + " t.reloptions FROM pg_catalog.pg_constraint c" + THE_TABLE.formatted("c.conrelid")
            + " AND c.contype <> 'n' ORDER BY c.conname";

    /** Bit 1 of an index column's options says that it is descending. */
    private static final String INDEXES = "SELECT x.relname, i.indisprimary, i.indisunique, m.amname,"
            + " (SELECT array_agg(a.attname::text ORDER BY k.position)"
            + " FROM unnest(i.indkey) WITH ORDINALITY k(number, position)"
            + " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number),"
            + " (SELECT array_agg(CASE WHEN o.bits & 1 = 1 THEN 'DESC' ELSE 'ASC' END ORDER BY o.position)"
            + " FROM unnest(i.indoption) WITH ORDINALITY o(bits, position)),"
            + " CASE WHEN i.indexprs IS NOT NULL THEN pg_catalog.pg_get_indexdef(i.indexrelid) END, x.reloptions"
            + " FROM pg_catalog.pg_index i"
            + " JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid"
            + " JOIN pg_catalog.pg_am m ON m.oid = x.relam" + THE_TABLE.formatted("i.indrelid")
            + " ORDER BY x.relname";

    private final SqlRunner sql;
    private final String table;

    PostgresConstraints(SqlRunner sql, String table) {
        this.sql = sql;
        this.table = table;
    }

    /** An index that stands for a constraint is told once, as the constraint. */
    List<ConstraintInfo> all() {
        List<ConstraintInfo> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (List<@Nullable Object> row : sql.query(CONSTRAINTS, table)) {
            found.add(constraint(row));
            names.add(text(row, 0));
        }
        for (List<@Nullable Object> row : sql.query(INDEXES, table)) {
            if (!names.contains(text(row, 0))) {
                found.add(index(row));
            }
        }
        return List.copyOf(found);
    }

    private static ConstraintInfo constraint(List<@Nullable Object> row) {
        String type = text(row, 1);
        return new ConstraintInfo(
                text(row, 0),
                texts(row.get(2)),
                type.equals("p"),
                type.equals("p") || type.equals("u"),
                type.equals("f") ? new ConstraintInfo.Target(text(row, 3), text(row, 4)) : null,
                type.equals("c"),
                false,
                List.of(),
                null,
                null,
                present(row.get(5)));
    }

    private static ConstraintInfo index(List<@Nullable Object> row) {
        String method = text(row, 3);
        boolean ordinary = method.equals("btree") && !text(row, 0).endsWith("_btree") && row.get(7) == null;
        List<@Nullable String> columns = texts(row.get(4));
        return new ConstraintInfo(
                text(row, 0),
                columns.size() == 1 && columns.get(0) == null ? List.of() : columns,
                Boolean.TRUE.equals(row.get(1)),
                Boolean.TRUE.equals(row.get(2)),
                null,
                false,
                true,
                method.equals("btree") ? present(row.get(5)) : List.of(),
                ordinary ? "idx" : method,
                row.get(6) == null ? null : text(row, 6),
                present(row.get(7)));
    }

    private static String text(List<@Nullable Object> row, int column) {
        return String.valueOf(row.get(column));
    }

    private static List<@Nullable String> texts(@Nullable Object array) {
        List<@Nullable String> texts = new ArrayList<>();
        if (array instanceof List<?> values) {
            values.forEach(value -> texts.add(value == null ? null : value.toString()));
        }
        return texts;
    }

    private static List<String> present(@Nullable Object array) {
        return texts(array).stream().flatMap(Stream::ofNullable).toList();
    }
}
