package dev.mooring.spi;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Comparator;

/** The version of a database server, such as 16.3; 0 for a minor version that does not matter. */
public record ServerVersion(int major, int minor) implements Comparable<ServerVersion> {

    private static final Comparator<ServerVersion> ORDER =
            Comparator.comparingInt(ServerVersion::major).thenComparingInt(ServerVersion::minor);

    /** {@return the version that the driver tells} */
    public static ServerVersion of(DatabaseMetaData server) throws SQLException {
        return new ServerVersion(server.getDatabaseMajorVersion(), server.getDatabaseMinorVersion());
    }

    @Override
    public int compareTo(ServerVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
