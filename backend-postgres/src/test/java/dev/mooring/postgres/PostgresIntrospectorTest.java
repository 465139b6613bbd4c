package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spi.SqlRunner;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresIntrospectorTest {

    private final PostgresIntrospector introspector = new PostgresIntrospector();

    @Test
    void namesTheVisibleTablesByCodePointAndTheViewsIfWanted() throws SQLException {
        try (Connection admin = TestServer.open()) {
            TestServer.run(admin, "CREATE DATABASE introspected");
        }
        try (Connection connection = TestServer.open(TestServer.settings().name("introspected"))) {
            TestServer.run(connection, "CREATE TABLE b (a int)");
            TestServer.run(connection, "CREATE TABLE \"B\" (a int)");
            TestServer.run(connection, "CREATE TABLE \"ä\" (a int)");
            TestServer.run(connection, "CREATE TABLE whole (a int) PARTITION BY RANGE (a)");
            TestServer.run(connection, "CREATE TABLE part PARTITION OF whole FOR VALUES FROM (1) TO (2)");
            TestServer.run(connection, "CREATE VIEW seen AS SELECT 1 AS a");
            TestServer.run(connection, "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS a");
            TestServer.run(connection, "CREATE SCHEMA elsewhere CREATE TABLE hidden (a int)");
            SqlRunner sql = TestServer.runner(connection);

            assertThat(introspector.tableNames(sql, false)).containsExactly("B", "b", "whole", "ä");
            assertThat(introspector.tableNames(sql, true))
                    .containsExactly("B", "b", "kept", "part", "seen", "whole", "ä");
        }
    }
}
