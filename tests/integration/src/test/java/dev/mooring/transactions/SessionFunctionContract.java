package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.ProgrammingException;
import dev.mooring.spi.Feature;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What depends on the session from one statement to the next. */
@Tag("wrong-answers")
abstract class SessionFunctionContract {

    private Databases databases;

    abstract DatabaseSettingsBuilder settings();

    /** {@return the definition of a table with a key that the database numbers} */
    abstract String table();

    /** {@return what reads the key of the row inserted last, and its like} */
    abstract List<String> reading();

    /** {@return what reads so while it makes a table called filled} */
    abstract List<String> filling();

    /** {@return inserts that return the key of their own row, twice: as made and id} */
    abstract List<String> ofOwnRow();

    /** {@return what only looks like one of the others} */
    abstract List<String> harmless();

    /** {@return what ends with the transaction} */
    abstract List<String> ofTransaction();

    /** {@return what leaves something for later statements} */
    abstract List<String> preparing();

    @BeforeEach
    void open() {
        databases = Databases.of(settings().build());
        databases.execute("DROP TABLE IF EXISTS numbered");
        databases.execute(table());
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    @DisplayName("The key of the last row is not read over a connection that may be another thread's, but refused")
    void refusesToReadOfAnotherSession() {
        for (String sql : reading()) {
            insert();
            assertThatExceptionOfType(ProgrammingException.class)
                    .as(sql)
                    .isThrownBy(() -> databases.query(sql))
                    .withMessageContaining("atomic or hold()")
                    .withMessageContaining("RETURNING");
            try (UnitOfWork unit = databases.unitOfWork()) {
                assertThat(unit).isNotNull();
                insert();
                assertThatExceptionOfType(ProgrammingException.class).as(sql).isThrownBy(() -> databases.query(sql));
            }
            assertThatExceptionOfType(ProgrammingException.class)
                    .as(sql)
                    .isThrownBy(() -> databases.atomic(() -> databases.query(sql)));
        }
    }

    @Test
    @DisplayName(
            "The key of the last row is read in atomic, in hold(), and where the unit of work keeps its connection")
    void readsWhereTheConnectionIsKept() {
        for (String sql : reading()) {
            databases.atomic(() -> {
                insert();
                assertThat(databases.query(sql)).isNotEmpty();
            });
            try (Lease lease = databases.get().hold()) {
                assertThat(lease).isNotNull();
                insert();
                assertThat(databases.query(sql)).isNotEmpty();
            }
            try (UnitOfWork unit = databases.unitOfWork()) {
                assertThat(unit).isNotNull();
                databases.get().pin();
                insert();
                assertThat(databases.query(sql)).isNotEmpty();
            }
        }
    }

    @Test
    @DisplayName("Under REQUEST a unit of work reads the key of its last row, since it keeps its connection")
    void readsUnderRequest() {
        try (Databases perRequest =
                        Databases.of(settings().leaseScope(LeaseScope.REQUEST).build());
                UnitOfWork unit = perRequest.unitOfWork()) {
            assertThat(unit).isNotNull();
            perRequest.execute("INSERT INTO numbered (a) VALUES (1)");
            assertThat(perRequest.query(reading().get(0))).hasSize(1);
        }
    }

    @Test
    @DisplayName("What would be gone when the call returns is refused outside atomic, hold() and a unit of work")
    void refusesToPrepareForNobody() {
        for (String sql : preparing()) {
            assertThatExceptionOfType(ProgrammingException.class)
                    .as(sql)
                    .isThrownBy(() -> databases.execute(sql))
                    .withMessageContaining("gone when the call returns");
            try (UnitOfWork unit = databases.unitOfWork()) {
                assertThat(unit).isNotNull();
                assertThatCode(() -> databases.execute(sql)).as(sql).doesNotThrowAnyException();
            }
        }
    }

    @Test
    @DisplayName("A table is not filled with what is read of a session that may be another thread's")
    void refusesToFillFromAnotherSession() {
        for (String sql : filling()) {
            databases.execute("DROP TABLE IF EXISTS filled");
            insert();
            assertThatExceptionOfType(ProgrammingException.class)
                    .as(sql)
                    .isThrownBy(() -> databases.execute(sql))
                    .withMessageContaining("atomic or hold()");
            inOneSession(() -> {
                insert();
                databases.execute(sql);
            });
        }
        databases.execute("DROP TABLE filled");
    }

    @Test
    @DisplayName("An INSERT returns the key of its own row, which it has written by then, anywhere")
    void returnsTheKeyOfItsOwnRow() {
        for (String sql : ofOwnRow()) {
            assertThat(databases.query(sql))
                    .as(sql)
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.getLong("made")).isEqualTo(row.getLong("id")));
        }
    }

    @Test
    @DisplayName("What only looks as if it depended on the session runs")
    void runsWhatOnlyLooksAlike() {
        for (String sql : harmless()) {
            assertThatCode(() -> databases.execute(sql)).as(sql).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("What ends with the transaction is refused where there is none, in a unit of work too")
    void refusesForNoTransaction() {
        for (String sql : ofTransaction()) {
            assertThatExceptionOfType(ProgrammingException.class)
                    .as(sql)
                    .isThrownBy(() -> databases.execute(sql))
                    .withMessageContaining("into atomic");
            try (UnitOfWork unit = databases.unitOfWork()) {
                assertThat(unit).isNotNull();
                assertThatExceptionOfType(ProgrammingException.class)
                        .as(sql)
                        .isThrownBy(() -> databases.query(sql))
                        .withMessageContaining("into atomic");
                databases.execute("BEGIN");
                assertThatCode(() -> databases.execute(sql)).as(sql).doesNotThrowAnyException();
                databases.execute("ROLLBACK");
            }
            assertThatCode(() -> databases.atomic(() -> databases.execute(sql)))
                    .as(sql)
                    .doesNotThrowAnyException();
        }
    }

    final Databases databases() {
        return databases;
    }

    final void insert() {
        databases.execute("INSERT INTO numbered (a) VALUES (1)");
    }

    /** In a transaction, unless the database commits it before it makes a table. */
    private void inOneSession(Runnable work) {
        if (databases.using("default").backend().features().has(Feature.TRANSACTIONAL_DDL)) {
            databases.atomic(work::run);
            return;
        }
        try (Lease lease = databases.get().hold()) {
            assertThat(lease).isNotNull();
            work.run();
        }
    }
}
