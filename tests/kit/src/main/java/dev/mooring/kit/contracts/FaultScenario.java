package dev.mooring.kit.contracts;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.Row;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Some use of the layer, and which rows of {@code item} it may leave. There are rows 1 to 5 in {@code seed}.
 *
 * @param done the rows when it returns
 * @param undone what the rows may be when it failed
 */
record FaultScenario(
        String name,
        UnaryOperator<DatabaseSettingsBuilder> settings,
        Set<Integer> done,
        Set<Set<Integer>> undone,
        Consumer<Databases> body) {

    private static final Set<Integer> NONE = Set.of();
    private static final String INSERT = "INSERT INTO item VALUES (%s)";

    private static final List<FaultScenario> OF_THE_LAYER = List.of(
            reading("query", FaultScenario::readSeed),
            reading("ensureConnection", databases -> databases.get().ensureConnection()),
            reading("a cursor half read", FaultScenario::readHalf),
            reading("table names", databases -> databases.using("default").tableNames()),
            reading(
                    "a health check at each hand-out",
                    settings -> settings.healthCheckIdle(Duration.ZERO),
                    databases -> {
                        readSeed(databases);
                        readSeed(databases);
                    }),
            new FaultScenario(
                    "execute in autocommit",
                    UnaryOperator.identity(),
                    Set.of(1, 2),
                    Set.of(NONE, Set.of(1), Set.of(1, 2)),
                    databases -> {
                        insert(databases, 1);
                        insert(databases, 2);
                    }),
            writing("nested atomic", Set.of(1, 2, 3), FaultScenario::insertNested),
            writing(
                    "nested atomic without savepoints",
                    Set.of(1, 2),
                    databases -> databases.atomic(() -> {
                        insert(databases, 1);
                        databases.get().atomic(AtomicOptions.defaults().withoutSavepoint(), () -> insert(databases, 2));
                    })),
            writing(
                    "a nested block that fails and is swallowed",
                    Set.of(1, 3),
                    databases -> databases.atomic(() -> {
                        insert(databases, 1);
                        failing(() -> databases.atomic(() -> {
                            insert(databases, 2);
                            throw new OurException();
                        }));
                        insert(databases, 3);
                    })),
            writing(
                    "a duplicate under a savepoint",
                    Set.of(1, 2),
                    databases -> databases.atomic(() -> {
                        insert(databases, 1);
                        try {
                            databases.atomic(() -> insert(databases, 1));
                        } catch (IntegrityException expected) {
                            insert(databases, 2);
                        }
                    })),
            new FaultScenario(
                    "atomic that fails and is swallowed",
                    UnaryOperator.identity(),
                    Set.of(2),
                    Set.of(NONE, Set.of(2)),
                    databases -> {
                        failing(() -> databases.atomic(() -> {
                            insert(databases, 1);
                            throw new OurException();
                        }));
                        insert(databases, 2);
                    }),
            writing("blocks for try-with-resources", Set.of(1, 2), FaultScenario::insertInBlocks),
            writing("a transaction by hand", Set.of(1, 2), databases -> {
                try (UnitOfWork unit = databases.unitOfWork()) {
                    databases.get().transaction().setAutocommit(false);
                    insert(databases, 1);
                    databases.atomic(() -> insert(databases, 2));
                    databases.get().transaction().commit();
                    databases.get().transaction().setAutocommit(true);
                }
            }),
            new FaultScenario(
                    "a transaction by hand that the unit of work has to end",
                    UnaryOperator.identity(),
                    Set.of(1),
                    Set.of(NONE, Set.of(1)),
                    databases -> {
                        try (UnitOfWork unit = databases.unitOfWork()) {
                            databases.get().transaction().setAutocommit(false);
                            insert(databases, 1);
                            databases.get().transaction().commit();
                            insert(databases, 2);
                        }
                    }),
            writing(
                    "a batch",
                    Set.of(1, 2, 3),
                    databases -> databases.atomic(() -> {
                        try (Cursor cursor = databases.get().cursor()) {
                            cursor.executeMany(INSERT, List.of(List.of(1), List.of(2), List.of(3)));
                        }
                    })),
            reading(
                    "read-only atomic",
                    databases ->
                            databases.get().atomic(AtomicOptions.defaults().readOnly(), () -> readSeed(databases))),
            reading("hold", databases -> {
                try (Lease held = databases.get().hold()) {
                    readSeed(databases);
                    readSeed(databases);
                }
            }),
            reading("pin", databases -> {
                try (UnitOfWork unit = databases.unitOfWork()) {
                    databases.get().pin();
                    readSeed(databases);
                }
            }),
            new FaultScenario(
                    "a unit of work under REQUEST",
                    settings -> settings.leaseScope(LeaseScope.REQUEST),
                    Set.of(1, 2, 3),
                    Set.of(NONE),
                    FaultScenario::unit),
            new FaultScenario(
                    "a unit of work without persistent connections",
                    settings -> settings.connMaxAge(Duration.ZERO),
                    Set.of(1, 2, 3),
                    Set.of(NONE),
                    FaultScenario::unit),
            reading("a unit of work that forgets its cursor", databases -> {
                try (UnitOfWork unit = databases.unitOfWork()) {
                    databases.get().cursor().execute("SELECT id FROM seed").fetchOne();
                }
            }),
            reading(
                    "a boundary under THREAD",
                    settings -> settings.leaseScope(LeaseScope.THREAD).healthCheckIdle(Duration.ZERO),
                    databases -> {
                        try {
                            readSeed(databases);
                            databases.closeOldConnections();
                            readSeed(databases);
                        } finally {
                            databases.closeAll();
                        }
                    }));

    /** {@return all: those of the layer itself, and those of its DataSource} */
    static List<FaultScenario> all(BackendUnderTest backend) {
        return Stream.concat(OF_THE_LAYER.stream(), ViewScenario.all(backend).stream())
                .toList();
    }

    boolean isOfTheView() {
        return name.startsWith("JDBC: ");
    }

    private static FaultScenario reading(String name, Consumer<Databases> body) {
        return reading(name, UnaryOperator.identity(), body);
    }

    private static FaultScenario reading(
            String name, UnaryOperator<DatabaseSettingsBuilder> settings, Consumer<Databases> body) {
        return new FaultScenario(name, settings, NONE, Set.of(NONE), body);
    }

    private static FaultScenario writing(String name, Set<Integer> done, Consumer<Databases> body) {
        return new FaultScenario(name, UnaryOperator.identity(), done, Set.of(NONE), body);
    }

    private static void unit(Databases databases) {
        try (UnitOfWork unit = databases.unitOfWork()) {
            readSeed(databases);
            insertNested(databases);
        }
    }

    private static void insertInBlocks(Databases databases) {
        try (AtomicBlock outer = databases.get().beginAtomic()) {
            insert(databases, 1);
            try (AtomicBlock inner = databases.get().beginAtomic()) {
                insert(databases, 2);
                inner.commit();
            }
            outer.commit();
        }
    }

    private static void insertNested(Databases databases) {
        databases.atomic(() -> {
            databases.using("default").onCommit(() -> expectThree(databases));
            insert(databases, 1);
            databases.atomic(() -> insert(databases, 2));
            insert(databases, 3);
        });
    }

    /** For a commit hook: a failure of its own says nothing about the transaction. */
    private static void expectThree(Databases databases) {
        int rows;
        try {
            rows = databases.query("SELECT id FROM item").size();
        } catch (DatabaseException e) {
            return;
        }
        if (rows != 3) {
            throw new AssertionError("a commit hook ran without the commit");
        }
    }

    private static void insert(Databases databases, int id) {
        databases.execute(INSERT, id);
    }

    private static void readSeed(Databases databases) {
        List<Row> rows = databases.query("SELECT id FROM seed WHERE id > %s ORDER BY id", 0);
        if (!rows.stream().map(row -> row.getInt("id")).toList().equals(List.of(1, 2, 3, 4, 5))) {
            throw new AssertionError("other rows than asked for: " + rows);
        }
    }

    private static void readHalf(Databases databases) {
        try (Cursor cursor = databases.get().cursor()) {
            cursor.execute("SELECT id FROM seed ORDER BY id");
            for (int id = 1; id <= 2; id++) {
                Row row = cursor.fetchOne();
                if (row == null || row.getInt("id") != id) {
                    throw new AssertionError("another row than asked for: " + row);
                }
            }
        }
    }

    private static void failing(Runnable body) {
        try {
            body.run();
            throw new AssertionError("the block's own exception was lost");
        } catch (OurException expected) {
            // That is the scenario.
        }
    }

    private static final class OurException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public String toString() {
        return name;
    }
}
