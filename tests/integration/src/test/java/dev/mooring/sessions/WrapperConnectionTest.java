package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.DatabaseWrapper;
import dev.mooring.Lease;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.libraries.EngineTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("wrong-answers")
@DisplayName("The connection that DatabaseWrapper.connection() gives")
class WrapperConnectionTest extends EngineTest {

    @Override
    protected DatabaseSettingsBuilder with(DatabaseSettingsBuilder settings) {
        return settings.maxConnections(1);
    }

    @Test
    @DisplayName("is the same for one lease, and closed after it")
    void isTheSameForOneLease() throws SQLException {
        DatabaseWrapper wrapper = databases.get();
        Connection kept;
        try (Lease lease = wrapper.hold()) {
            assertThat(lease).isNotNull();
            kept = wrapper.connection();
            assertThat(wrapper.connection()).isSameAs(kept);
            assertThat(kept.isClosed()).isFalse();
        }

        assertThat(wrapper.connection()).isNull();
        assertThat(kept.isClosed()).isTrue();
        try (Lease lease = wrapper.hold()) {
            assertThat(lease).isNotNull();
            assertThat(kept.isClosed())
                    .as("although the driver's connection is the same")
                    .isTrue();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(kept::createStatement)
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08003"));
        }
    }

    @Test
    @DisplayName("can be closed without harm to this lease or the next")
    void canBeClosed() throws SQLException {
        DatabaseWrapper wrapper = databases.get();
        try (Lease lease = wrapper.hold()) {
            assertThat(lease).isNotNull();
            wrapper.connection().close();
            assertThat(wrapper.execute("INSERT INTO item VALUES (1, 'a')")).isEqualTo(1);
            assertThat(wrapper.connection().isClosed()).isFalse();
        }

        assertThat(databases.query("SELECT id FROM item")).hasSize(1);
        assertThat(databases.using("default").counts().open()).isEqualTo(1);
    }

    @Test
    @DisplayName("takes part in atomic and cannot end it")
    void takesPartInAtomic() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> databases.atomic(() -> {
                    try (Statement statement = databases.get().connection().createStatement()) {
                        statement.executeUpdate("INSERT INTO item VALUES (1, 'a')");
                    }
                    databases.get().connection().commit();
                }))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("25000"));

        assertThat(databases.query("SELECT id FROM item")).isEmpty();
    }

    @Test
    @DisplayName("with autocommit turned off loses no commit of anybody else")
    void losesNoCommitOfOthers() throws SQLException {
        try (UnitOfWork unit = databases.unitOfWork()) {
            assertThat(unit).isNotNull();
            try (Lease lease = databases.get().hold()) {
                assertThat(lease).isNotNull();
                databases.get().connection().setAutoCommit(false);
                databases.execute("INSERT INTO item VALUES (1, 'rolled back')");
            }
        }

        databases.execute("INSERT INTO item VALUES (2, 'committed')");
        databases.get().close();
        assertThat(databases.query("SELECT id FROM item"))
                .extracting(row -> row.getInt("id"))
                .containsExactly(2);
    }

    @Test
    @DisplayName("leaves no statement or result open for the next user")
    void leavesNothingOpen() throws SQLException {
        databases.execute("INSERT INTO item VALUES (1, 'a'), (2, 'b')");
        ResultSet rows;
        try (Lease lease = databases.get().hold()) {
            assertThat(lease).isNotNull();
            rows = databases.get().connection().createStatement().executeQuery("SELECT id FROM item");
            assertThat(rows.next()).isTrue();
        }

        assertThat(rows.isClosed()).isTrue();
        databases.execute("DROP TABLE item");
        assertThat(databases.using("default").counts().open()).isEqualTo(1);
    }

    @Test
    @DisplayName("once aborted is nobody's next connection")
    void isNotParkedOnceAborted() throws SQLException {
        for (boolean inAtomic : new boolean[] {false, true}) {
            try (Lease lease = databases.get().hold()) {
                assertThat(lease).isNotNull();
                if (inAtomic) {
                    assertThatExceptionOfType(RuntimeException.class)
                            .isThrownBy(() -> databases.atomic(() -> {
                                databases.execute("INSERT INTO item VALUES (1, 'a')");
                                databases.get().connection().abort(Runnable::run);
                            }));
                } else {
                    databases.get().connection().abort(Runnable::run);
                }
            }

            assertThat(databases.query("SELECT id FROM item")).isEmpty();
        }
    }
}
