package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicOptions;
import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ProgrammingException;
import dev.mooring.error.TransactionConflictException;
import dev.mooring.transactions.TestDatabases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statements that the server has prepared, while another session changes the schema. */
@Tag("wrong-answers")
class PostgresLiveMigrationTest extends PersonTable {

    private static final String ALL = "SELECT * FROM person";

    private Databases others;
    private Lease lease;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }

    @BeforeEach
    void prepare() {
        others = Databases.of(settings().build());
        databases.execute("INSERT INTO person (id, first_name) VALUES (1, 'Ada')");
        lease = databases.get().hold();
        for (int i = 0; i < 12; i++) {
            databases.query(ALL);
        }
    }

    @AfterEach
    void release() {
        lease.close();
        others.close();
    }

    private void alter() {
        others.execute("ALTER TABLE person ADD COLUMN IF NOT EXISTS extra integer DEFAULT 7");
    }

    @Test
    @DisplayName("A statement in autocommit sees the new column at once")
    void survivesInAutocommit() {
        alter();

        assertThat(databases.query(ALL).get(0).names()).contains("extra");
    }

    @Test
    @DisplayName("The first statement of an atomic block is repeated, and the block runs once")
    void survivesAsTheFirstOfABlock() {
        alter();
        AtomicInteger runs = new AtomicInteger();

        databases.atomic(() -> {
            runs.incrementAndGet();
            assertThat(databases.query(ALL).get(0).names()).contains("extra");
            databases.execute("UPDATE person SET extra = 8");
        });

        assertThat(runs).hasValue(1);
        assertThat(databases.query("SELECT extra FROM person").get(0).getInt("extra"))
                .isEqualTo(8);
        assertThat(databases.using("default").counts().opened()).isOne();
    }

    @Test
    @DisplayName("The first statement of a read-only block is repeated in a block that is read-only still")
    void survivesInAReadOnlyBlock() {
        alter();

        databases.atomic(AtomicOptions.defaults().readOnly(), () -> {
            assertThat(databases.query(ALL).get(0).names()).contains("extra");
            assertThat(databases.query("SHOW transaction_read_only").get(0).get(0))
                    .isEqualTo("on");
        });
    }

    @Test
    @DisplayName("Later in a block it is a conflict, which retrying() runs again on the same connection")
    void isAConflictLaterInABlock() {
        alter();
        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> databases.atomic(() -> {
                    databases.query("SELECT 1");
                    databases.query(ALL);
                }))
                .withMessageContaining("retrying()");
        databases.atomic(() -> {
            databases.query("SELECT 1");
            databases.query(ALL);
        });
        for (int i = 0; i < 12; i++) {
            databases.query(ALL);
        }
        others.execute("ALTER TABLE person ADD COLUMN more integer");

        List<Row> rows = databases.atomic(AtomicOptions.defaults().retrying(1), () -> {
            databases.execute("UPDATE person SET age = 5");
            return databases.query(ALL);
        });

        assertThat(rows.get(0).names()).contains("more");
        assertThat(databases.using("default").counts().opened()).isOne();
    }

    @Test
    @DisplayName("With autocommit off by hand, the first statement is repeated")
    void survivesByHand() {
        alter();
        databases.get().transaction().setAutocommit(false);
        try {
            assertThat(databases.query(ALL).get(0).names()).contains("extra");
            databases.get().transaction().commit();
        } finally {
            databases.get().transaction().setAutocommit(true);
        }
    }

    @Test
    @DisplayName("Cursors and streams survive as the first of their transaction")
    void survivesInCursorsAndStreams() {
        alter();
        try (Stream<Row> rows = databases.stream(ALL)) {
            assertThat(rows.map(Row::names).findFirst().orElseThrow()).contains("extra");
        }
        for (int i = 0; i < 12; i++) {
            databases.query(ALL);
        }
        others.execute("ALTER TABLE person ADD COLUMN IF NOT EXISTS more integer");
        databases.atomic(() -> {
            try (Cursor cursor = databases.get().cursor()) {
                assertThat(cursor.execute(ALL).columnNames()).contains("more");
                assertThat(cursor.fetchAll()).hasSize(1);
            }
        });
    }

    @Test
    @DisplayName("executeMany with RETURNING * survives")
    void survivesInBatches() {
        String sql = "UPDATE person SET age = %s RETURNING *";
        List<List<Object>> batches = List.of(List.of(1), List.of(2), List.of(3), List.of(4), List.of(5), List.of(6));
        try (Cursor cursor = databases.get().cursor()) {
            cursor.executeMany(sql, batches);
            alter();
            assertThat(cursor.executeMany(sql, batches).rowCount()).isEqualTo(6);
        }
    }

    @Test
    @DisplayName("Through the DataSource, the first statement with autocommit off is repeated")
    void survivesThroughTheDataSource() throws SQLException {
        lease.close();
        try (Connection connection = databases.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(ALL)) {
            for (int i = 0; i < 12; i++) {
                statement.executeQuery().close();
            }
            alter();
            connection.setAutoCommit(false);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.getMetaData().getColumnCount()).isEqualTo(4);
                assertThat(rows.next()).isTrue();
            }
            connection.commit();
        }
    }

    @Test
    @DisplayName("A prepared statement that somebody deallocated behind the driver is prepared anew")
    void survivesDeallocation() {
        databases.execute("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");

        databases.atomic(() -> assertThat(databases.query(ALL)).hasSize(1));
    }

    @Test
    @DisplayName("A statement of one's own PREPARE that is not there is a programming error")
    void tellsAMissingStatementOfTheUsers() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.execute("EXECUTE nothing_here"));
        assertThat(databases.query(ALL)).hasSize(1);
    }

    @Test
    @DisplayName("The option autosave is the driver's: with conservative, any statement of a block survives")
    void takesAutosave() {
        try (Databases saving =
                Databases.of(settings().option("autosave", "conservative").build())) {
            try (Lease held = saving.get().hold()) {
                for (int i = 0; i < 12; i++) {
                    saving.query(ALL);
                }
                alter();
                saving.atomic(() -> {
                    saving.execute("UPDATE person SET age = 3");
                    assertThat(saving.query(ALL).get(0).names()).contains("extra");
                });
                assertThat(held).isNotNull();
            }
        }
    }
}
