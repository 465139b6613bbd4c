package dev.mooring.kit.contracts;

import dev.mooring.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Uses of the {@code DataSource}, through which other libraries work. */
final class ViewScenario {

    private static final Set<Integer> NONE = Set.of();
    private static final String INSERT = "INSERT INTO item VALUES (?)";

    private ViewScenario() {}

    /** {@return all of them} {@code backend} says how it returns what was inserted. */
    static List<FaultScenario> all(BackendUnderTest backend) {
        return List.of(
                of("JDBC: two rows in autocommit", Set.of(1, 2), Set.of(NONE, Set.of(1), Set.of(1, 2)), connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                        insert(statement, 1);
                        insert(statement, 2);
                    }
                }),
                of(
                        "JDBC: RETURNING, half read and left open",
                        Set.of(1, 2, 3),
                        Set.of(NONE, Set.of(1, 2)),
                        connection -> {
                            Statement statement = connection.createStatement();
                            statement
                                    .executeQuery(backend.returning("INSERT INTO item VALUES (1), (2)", "id"))
                                    .next();
                            statement.executeUpdate("INSERT INTO item VALUES (3)");
                        }),
                of(
                        "JDBC: a prepared batch",
                        Set.of(1, 2, 3),
                        Set.of(NONE, Set.of(1), Set.of(1, 2), Set.of(1, 2, 3)),
                        connection -> {
                            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                                for (int id = 1; id <= 3; id++) {
                                    statement.setInt(1, id);
                                    statement.addBatch();
                                }
                                statement.executeBatch();
                            }
                        }),
                of("JDBC: a batch of texts", Set.of(1, 2), Set.of(NONE, Set.of(1), Set.of(1, 2)), connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.addBatch("INSERT INTO item VALUES (1)");
                        statement.addBatch("INSERT INTO item VALUES (2)");
                        statement.executeBatch();
                    }
                }),
                of("JDBC: a transaction with a savepoint", Set.of(1, 3), Set.of(NONE), ViewScenario::transaction),
                of("JDBC: a transaction that close() ends", NONE, Set.of(NONE), connection -> {
                    connection.setAutoCommit(false);
                    connection
                            .createStatement()
                            .executeQuery(backend.returning("INSERT INTO item VALUES (1)", "id"))
                            .next();
                }),
                of("JDBC: generated keys", Set.of(1), Set.of(NONE, Set.of(1)), connection -> {
                    try (PreparedStatement statement =
                            connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
                        insert(statement, 1);
                        try (ResultSet keys = statement.getGeneratedKeys()) {
                            keys.next();
                        }
                    }
                }),
                of("JDBC: rows half read, metadata, read-only", NONE, Set.of(NONE), connection -> {
                    connection.setReadOnly(true);
                    PreparedStatement statement = connection.prepareStatement("SELECT id FROM seed WHERE id > ?");
                    statement.setQueryTimeout(5);
                    statement.setInt(1, 0);
                    statement.executeQuery().next();
                    connection.getMetaData().getTables(null, null, "item", null).next();
                }),
                inAtomic());
    }

    private static FaultScenario of(String name, Set<Integer> done, Set<Set<Integer>> undone, Work work) {
        return new FaultScenario(name, UnaryOperator.identity(), done, undone, databases -> run(databases, work));
    }

    private static FaultScenario inAtomic() {
        return new FaultScenario(
                "JDBC: inside atomic",
                UnaryOperator.identity(),
                Set.of(1, 2),
                Set.of(NONE),
                databases -> databases.atomic(() -> {
                    databases.execute("INSERT INTO item VALUES (%s)", 1);
                    run(databases, connection -> {
                        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                            insert(statement, 2);
                        }
                    });
                }));
    }

    private static void transaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            insert(statement, 1);
            Savepoint savepoint = connection.setSavepoint();
            insert(statement, 2);
            connection.rollback(savepoint);
            insert(statement, 3);
        }
        connection.commit();
    }

    private static void insert(PreparedStatement statement, int id) throws SQLException {
        statement.setInt(1, id);
        statement.executeUpdate();
    }

    private static void run(Databases databases, Work work) {
        try (Connection connection = databases.dataSource().getConnection()) {
            work.on(connection);
        } catch (SQLException e) {
            throw new JdbcFailure(e);
        }
    }

    private interface Work {

        void on(Connection connection) throws SQLException;
    }

    /** What a caller of JDBC gets; nothing else may come out but what the driver was made to throw. */
    static final class JdbcFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private JdbcFailure(SQLException cause) {
            super(cause);
        }
    }
}
