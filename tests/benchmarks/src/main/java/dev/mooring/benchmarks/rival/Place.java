package dev.mooring.benchmarks.rival;

import java.io.IOException;
import java.sql.SQLException;

/** A real database for one run. */
public interface Place extends AutoCloseable {

    /** {@return a place for {@code database}, which is {@code sqlite} or {@code postgres}} */
    static Place open(String database) throws IOException, SQLException {
        return switch (database) {
            case "sqlite" -> SqliteFile.create("NORMAL", "");
            case "postgres" -> PostgresServer.open();
            default -> throw new IllegalArgumentException("No database is called '" + database + "'");
        };
    }

    /** {@return how to get there} */
    Target target();

    @Override
    void close() throws IOException;
}
