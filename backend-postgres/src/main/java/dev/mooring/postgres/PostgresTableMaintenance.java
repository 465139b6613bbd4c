package dev.mooring.postgres;

import static dev.mooring.postgres.PostgresColumns.literal;
import static dev.mooring.postgres.PostgresColumns.quoted;
import static java.util.stream.Collectors.joining;

import dev.mooring.schema.SequenceInfo;
import dev.mooring.spi.SqlRunner;
import dev.mooring.spi.TableMaintenance;
import java.util.List;

/** PostgreSQL checks at the commit what it may check late, so there is nothing to disable. */
final class PostgresTableMaintenance implements TableMaintenance {

    private final PostgresIntrospector introspector = new PostgresIntrospector();

    /** Without CASCADE: a table that was not named, in another schema say, is an error, not a loss. */
    @Override
    public List<String> sqlFlush(SqlRunner sql, List<String> tables, boolean resetSequences) {
        String names = tables.stream().map(PostgresColumns::quoted).collect(joining(", "));
        return List.of("TRUNCATE " + names + (resetSequences ? " RESTART IDENTITY" : ""));
    }

    @Override
    public List<String> sequenceResetSql(SqlRunner sql, String table) {
        return introspector.sequences(sql, table).stream()
                .map(PostgresTableMaintenance::reset)
                .toList();
    }

    /** A sequence does not go below 1, whatever numbers came by hand. */
    private static String reset(SequenceInfo sequence) {
        String table = quoted(sequence.table());
        String highest = "max(" + quoted(sequence.column()) + ")";
        return "SELECT setval(pg_get_serial_sequence(" + literal(table) + ", " + literal(sequence.column())
                + "), greatest(" + highest + ", 1), coalesce(" + highest + " >= 1, false)) FROM " + table;
    }

    /** The server's error tells what is violated. */
    @Override
    public List<String> checkConstraints(SqlRunner sql, List<String> tables) {
        // As one text, for outside a transaction the second has nothing to do.
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED");
        return List.of();
    }
}
