package dev.mooring.drivers;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Does a little of everything on a database; to be loaded together with the driver that is tried. */
public final class DriverProbe implements Function<String, String> {

    /** {@return the version of the driver that did it} */
    @Override
    public String apply(String url) {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl("default", url))) {
            databases.execute("DROP TABLE IF EXISTS item");
            databases.execute(
                    "CREATE TABLE item (id integer PRIMARY KEY, name text, price decimal(10, 2), at timestamp)");
            databases.atomic(() -> databases.execute(
                    "INSERT INTO item VALUES (%s, %s, %s, %s)", 1, "tea", new BigDecimal("12.30"), Instant.EPOCH));
            databases
                    .get()
                    .cursor()
                    .executeMany(
                            "INSERT INTO item (id, name) VALUES (%s, %s)", List.of(List.of(2, "a"), List.of(3, "b")));
            try (Stream<?> rows = databases.stream("SELECT * FROM item")) {
                check(rows.count() == 3, "stream");
            }
            check(databases.query("SELECT %s AS id", UUID.randomUUID()).size() == 1, "uuid");
            check(databases.using("default").tableNames().contains("item"), "introspection");
            changeSession(databases);
            refuse(databases);
            return view(databases);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void changeSession(Databases databases) throws SQLException {
        try (UnitOfWork unit = databases.unitOfWork();
                Lease lease = databases.get().hold()) {
            check(unit != null && lease != null, "unit");
            databases.get().pin();
            databases.get().connection().setReadOnly(true);
        }
        check(databases.execute("UPDATE item SET name = 'x' WHERE id = 1") == 1, "reset");
    }

    private static void refuse(Databases databases) {
        try {
            databases.execute("INSERT INTO item (id) VALUES (1)");
            throw new IllegalStateException("a duplicate key");
        } catch (dev.mooring.error.IntegrityException e) {
            check(e.getCause() instanceof SQLException, "cause");
        }
    }

    private static String view(Databases databases) throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
                statement.setInt(1, 2);
                try (ResultSet row = statement.executeQuery()) {
                    check(row.next() && row.getString(1).equals("a"), "row");
                }
            }
            connection.commit();
            return connection.getMetaData().getDriverVersion();
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
