package dev.mooring.kit.contracts;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.ServerCount;
import dev.mooring.spi.BackendProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What the kit has to know of a backend in order to test it: its provider, its databases, what they call things, and which rules
 * they are known not to keep. Used by one thread at a time.
 */
public interface BackendUnderTest {

    /** {@return the name in the compliance report, such as {@code PostgreSQL}} */
    String name();

    /** {@return the provider under test} */
    BackendProvider provider();

    /**
     * {@return the settings, under the alias {@code default}, of a database without tables that nothing else uses}
     *
     * @param directory a directory of the test's own, which is deleted after it
     */
    DatabaseSettings emptyDatabase(Path directory);

    /**
     * {@return the settings of a database that tests use one after the other} Each test drops the tables that it is going to
     * create. For servers on which a new database for each test would take long; by default it is an empty one.
     */
    default DatabaseSettings database(Path directory) {
        return emptyDatabase(directory);
    }

    /** {@return a connection of the driver past Mooring, in autocommit mode, which the caller closes} */
    Connection plain(DatabaseSettings settings) throws SQLException;

    /** {@return the definition of a column for a primary key that the database numbers, from its type on} */
    String numberedKey();

    /** {@return the type of a column that keeps values of {@code type}; empty if the database has none} */
    String column(ValueType type);

    /** {@return the type to which CAST makes a parameter of one byte} */
    String bytes();

    /** {@return {@code insert} as a query that returns {@code column} of the new row} By default with {@code RETURNING}. */
    default String returning(String insert, String column) {
        return insert + " RETURNING " + column;
    }

    /**
     * {@return the statements with which a transaction begins that is to conflict with others: once it has read a row that another
     * transaction changes later, it fails to change that row itself} None by default.
     */
    default List<String> conflicting() {
        return List.of();
    }

    /**
     * {@return what sessions of this database remember: settings, variables, temporary tables, roles} The more are named, the more
     * is known of the session rules. None by default; the rules about sessions are then not run.
     */
    default List<SessionChange> sessionChanges() {
        return List.of();
    }

    /**
     * {@return an error as the driver throws it} By default one with the SQLSTATE of PostgreSQL: override it where the backend goes by
     * something else, such as the numbers of the database or classes of the driver.
     */
    default SQLException error(SampleError error) {
        String sqlState = switch (error) {
            case DUPLICATE -> "23505";
            case CONFLICT -> "40001";
            case SESSION_ENDED -> "57P01";
        };
        return new SQLException("Injected: " + error, sqlState);
    }

    /**
     * {@return how many sessions the database itself sees, other than that of {@code plain}} By default none are seen, and a
     * connection that was not closed goes unnoticed.
     */
    default ServerCount sessions(DatabaseSettings settings, Connection plain) {
        return () -> new ServerCount.Sessions(0, 0);
    }

    /**
     * {@return the rules that this backend is known not to keep} Their tests are run and have to fail: a gap that is closed makes
     * its test class fail until it is taken off this list.
     */
    default List<Gap> gaps() {
        return List.of();
    }
}
