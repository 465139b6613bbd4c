package dev.mooring;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.RelationInfo;
import dev.mooring.spi.Backend;
import dev.mooring.spi.Feature;
import dev.mooring.spi.SqlRunner;
import dev.mooring.spi.StatementTrait;
import dev.mooring.spi.TableMaintenance;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is done to whole tables when data comes from elsewhere, or goes: flushing, numbering, checking. Works through the
 * calling thread's wrapper. Thread-safe. Names are as the database has them, not quoted.
 */
public final class Maintenance {

    private final Backend backend;
    private final Introspection introspection;
    private final Supplier<DatabaseWrapper> wrapper;
    private final TableMaintenance part;

    Maintenance(Backend backend, Introspection introspection, Supplier<DatabaseWrapper> wrapper) {
        this.backend = backend;
        this.introspection = introspection;
        this.wrapper = wrapper;
        this.part = backend.tableMaintenance();
    }

    /**
     * Deletes all rows of {@code tables}, in one transaction where the database can: one that commits TRUNCATE by itself resets
     * sequences outside any, and is refused in {@code atomic}.
     */
    public void flush(List<String> tables, FlushOption... options) {
        DatabaseWrapper current = wrapper.get();
        List<String> sql = sqlFlush(tables, options);
        if (sql.stream().noneMatch(this::commits)) {
            current.atomic(() -> sql.forEach(current::execute));
            return;
        }
        try (Lease lease = current.hold()) {
            sql.forEach(current::execute);
        }
    }

    private boolean commits(String sql) {
        return backend.dialect().syntax().statements(sql).stream()
                .anyMatch(statement ->
                        backend.sessionRules().traits(statement).contains(StatementTrait.COMMITS_IMPLICITLY));
    }

    /** {@return the statements that {@link #flush} would run} */
    public List<String> sqlFlush(List<String> tables, FlushOption... options) {
        Set<FlushOption> wanted = Set.of(options);
        List<String> flushed = FlushOrder.of(
                tables,
                wanted.contains(FlushOption.ALLOW_CASCADE) ? introspection.tableNames() : tables,
                table -> introspection.relations(table).stream()
                        .map(RelationInfo::toTable)
                        .toList(),
                backend.features().has(Feature.NAMES_IGNORE_CASE)
                        ? String.CASE_INSENSITIVE_ORDER
                        : Comparator.naturalOrder());
        return flushed.isEmpty()
                ? List.of()
                : part.sqlFlush(sql(), flushed, wanted.contains(FlushOption.RESET_SEQUENCES));
    }

    /** Has the next row of each table get a number above all that are there: after rows came with numbers of their own. */
    public void resetSequences(String... tables) {
        DatabaseWrapper current = wrapper.get();
        current.atomic(() -> sequenceResetSql(tables).forEach(current::query));
    }

    /** {@return the queries that {@link #resetSequences} would run; none where numbers given by hand are noticed} */
    public List<String> sequenceResetSql(String... tables) {
        return List.of(tables).stream()
                .flatMap(table -> part.sequenceResetSql(sql(), table).stream())
                .toList();
    }

    /**
     * Runs {@code block} with foreign keys not checked, on one connection. What it leaves behind stays;
     * {@link #checkConstraints} finds it.
     *
     * <p>On PostgreSQL, and in a transaction begun before, this changes nothing: there, Django's foreign keys are checked
     * at the commit.
     */
    public <X extends Throwable> void constraintChecksDisabled(AtomicRunnable<X> block) throws X {
        DatabaseWrapper current = wrapper.get();
        SqlRunner sql = new CursorSqlRunner(current);
        try (Lease lease = current.hold()) {
            boolean disabled = part.disableConstraintChecking(sql);
            try {
                block.run();
            } finally {
                if (disabled) {
                    part.enableConstraintChecking(sql);
                }
            }
        }
    }

    /**
     * Checks now that the rows of {@code tables}, or of all, refer to rows that are there. On PostgreSQL it is all of them
     * always: those that the transaction has yet to check.
     *
     * @throws dev.mooring.error.IntegrityException if one does not
     */
    public void checkConstraints(String... tables) {
        List<String> violations = part.checkConstraints(sql(), List.of(tables));
        if (!violations.isEmpty()) {
            throw ErrorKind.INTEGRITY.exception(
                    "Foreign key violations in database '%s'; correct or delete these rows: %s"
                            .formatted(wrapper.get().alias(), String.join("; ", violations)));
        }
    }

    private SqlRunner sql() {
        return new CursorSqlRunner(wrapper.get());
    }
}
