package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database with a table to read, of which no test may leave anything open. */
abstract class PersonTable {

    Databases databases;

    abstract DatabaseSettingsBuilder settings();

    @BeforeEach
    void open() {
        databases = Databases.of(settings().build());
        databases.execute("DROP TABLE IF EXISTS person");
        databases.execute("CREATE TABLE person (id integer PRIMARY KEY, first_name varchar(50), age integer)");
    }

    @AfterEach
    void close() {
        try {
            assertThat(databases.using("default").counts().leased()).isZero();
        } finally {
            databases.close();
        }
    }
}
