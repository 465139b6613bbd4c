package dev.mooring.benchmarks.rival;

import dev.mooring.Databases;
import javax.sql.DataSource;

/**
 * What a library that speaks JDBC is given.
 *
 * @param dataSource where connections come from
 * @param closing what ends it
 */
public record Source(DataSource dataSource, Runnable closing) implements AutoCloseable {

    /** {@return Mooring's {@code dataSource()} or HikariCP, with at most {@code size} connections to {@code target}} */
    public static Source open(String rival, Target target, int size) {
        if (rival.equals(Rivals.MOORING)) {
            Databases databases = target.databases(size);
            return new Source(databases.dataSource(), databases::close);
        } else if (rival.equals(Rivals.HIKARI)) {
            HikariRival hikari = new HikariRival(target, size);
            return new Source(hikari.source(), hikari::close);
        }
        throw new IllegalArgumentException("No DataSource is called '" + rival + "'");
    }

    @Override
    public void close() {
        closing.run();
    }
}
