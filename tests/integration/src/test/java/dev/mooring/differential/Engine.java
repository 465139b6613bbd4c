package dev.mooring.differential;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.mariadb.MariadbBackendProvider;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.sqlite.SQLiteConnection;

/** A database and its bare driver, as an application without a pool would open it. */
enum Engine {
    POSTGRESQL(
            "PostgreSQL",
            PGConnection.class,
            "SELECT pg_typeof(?)::text",
            "SELECT '<a>b</a>'::xml",
            "SELECT item FROM item") {
        @Override
        DatabaseSettings settings(Path directory) {
            return EmptyDatabases.postgres();
        }

        @Override
        Connection bare(DatabaseSettings settings) throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", settings.user());
            properties.setProperty("ApplicationName", "mooring");
            return DriverManager.getConnection(
                    "jdbc:postgresql://localhost:%d/%s"
                            .formatted(settings.port().orElseThrow(), settings.name()),
                    properties);
        }

        @Override
        List<String> schema() {
            return List.of(
                    "CREATE TABLE item (id integer PRIMARY KEY, name varchar(50), amount numeric(10, 2), at timestamp,"
                            + " day date, flag boolean, bytes bytea, tags integer[], big oid)",
                    "CREATE PROCEDURE rename(num integer) LANGUAGE SQL AS 'UPDATE item SET name = ''p'' WHERE id ="
                            + " num'");
        }

        @Override
        List<String> rows() {
            return List.of(
                    "INSERT INTO item VALUES (1, 'one', 1.50, '2023-06-01 10:20:57.15015', '2023-06-01', true,"
                            + " '\\x0102', '{1,2}', lo_from_bytea(0, '\\x010203'))",
                    "INSERT INTO item VALUES (2, 'two', 2.25, '2023-06-02 00:00:00', '2023-06-02', false, NULL, NULL,"
                            + " NULL)");
        }
    },
    SQLITE("SQLite", SQLiteConnection.class, "SELECT typeof(?1), ?1", "SELECT '<a>b</a>'", "SELECT name FROM item") {
        @Override
        DatabaseSettings settings(Path directory) {
            return EmptyDatabases.sqlite(directory).toBuilder()
                    .option("synchronous", "OFF")
                    .build();
        }

        @Override
        Connection bare(DatabaseSettings settings) throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + settings.name());
        }

        @Override
        List<String> schema() {
            return List.of("CREATE TABLE item (id integer PRIMARY KEY, name varchar(50), amount decimal, at datetime,"
                    + " day date, flag bool, bytes blob, tags text, big blob)");
        }

        @Override
        List<String> rows() {
            return List.of(
                    "INSERT INTO item VALUES (1, 'one', 1.50, '2023-06-01 10:20:57.150150', '2023-06-01', 1, x'0102',"
                            + " '1,2', x'010203')",
                    "INSERT INTO item VALUES (2, 'two', 2.25, '2023-06-02 00:00:00', '2023-06-02', 0, NULL, NULL,"
                            + " NULL)");
        }
    },
    MARIADB(
            "MariaDB",
            org.mariadb.jdbc.Connection.class,
            "SELECT CAST(? AS char), 1",
            "SELECT '<a>b</a>'",
            "SELECT name FROM item") {
        @Override
        DatabaseSettings settings(Path directory) {
            return EmptyDatabases.mariadb();
        }

        /** With the properties and the session that ours has: a bare URL gives other types. */
        @Override
        Connection bare(DatabaseSettings settings) throws SQLException {
            return new MariadbBackendProvider().create(settings).connector().open();
        }

        @Override
        List<String> schema() {
            return List.of(
                    "CREATE TABLE item (id integer PRIMARY KEY, name varchar(50), amount decimal(10, 2), at datetime(6),"
                            + " day date, flag bool, bytes blob, tags varchar(20), big blob)",
                    "CREATE PROCEDURE `rename`(num integer) UPDATE item SET name = 'p' WHERE id = num");
        }

        @Override
        List<String> rows() {
            return SQLITE.rows();
        }
    };

    final String label;
    final Class<?> driver;
    final String typeOfParameter;
    final String xml;
    final String struct;

    Engine(String label, Class<?> driver, String typeOfParameter, String xml, String struct) {
        this.label = label;
        this.driver = driver;
        this.typeOfParameter = typeOfParameter;
        this.xml = xml;
        this.struct = struct;
    }

    abstract DatabaseSettings settings(Path directory);

    abstract Connection bare(DatabaseSettings settings) throws SQLException;

    abstract List<String> schema();

    abstract List<String> rows();
}
