package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Cursor;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every library does on a {@code DataSource} of ours; each test ends with nothing left behind. */
abstract class LibraryTest extends EngineTest {

    @BeforeEach
    void startLibrary() {
        start();
    }

    @AfterEach
    void stopLibrary() {
        stop();
    }

    /** Sets the library up. */
    abstract void start();

    void stop() {}

    /** Has the library insert a row. */
    abstract void insert(int id);

    /** {@return the ids of all rows, as the library sees them} */
    abstract List<Integer> ids();

    /** Has the library begin a transaction of its own, insert a row and commit. */
    abstract void insertInTransaction(int id);

    @Test
    void worksByItself() {
        insert(1);

        assertThat(ids()).containsExactly(1);
        assertThat(oursIds()).containsExactly(1);
    }

    @Test
    void commitsWithAtomic() {
        databases.atomic(() -> {
            databases.execute("INSERT INTO item VALUES (1, 'ours')");
            insert(2);
            assertThat(ids()).containsExactly(1, 2);
        });

        assertThat(oursIds()).containsExactly(1, 2);
    }

    @Test
    void rollsBackWithAtomicAndOurCursor() {
        assertThatThrownBy(() -> databases.atomic(() -> {
                    try (Cursor cursor = databases.get().cursor()) {
                        cursor.execute("INSERT INTO item VALUES (1, 'ours')");
                        insert(2);
                        cursor.execute("SELECT count(*) FROM item");
                        assertThat(cursor.fetchAll()).hasSize(1);
                    }
                    throw new IllegalStateException("away with it");
                }))
                .hasMessage("away with it");

        assertThat(oursIds()).isEmpty();
        assertThat(ids()).isEmpty();
    }

    @Test
    void undoesItsShareAloneInANestedAtomic() {
        databases.atomic(() -> {
            insert(1);
            assertThatThrownBy(() -> databases.atomic(() -> {
                        insert(2);
                        insert(2);
                    }))
                    .hasStackTraceContaining("item");
            insert(3);
        });

        assertThat(oursIds()).containsExactly(1, 3);
    }

    @Test
    void hasTransactionsOfItsOwnOutside() {
        insertInTransaction(1);

        assertThat(oursIds()).containsExactly(1);
    }

    List<Integer> oursIds() {
        return databases.query("SELECT id FROM item ORDER BY id").stream()
                .map(row -> row.get("id", Integer.class))
                .toList();
    }

    /** Tries something that would end atomic, and that must neither succeed nor leave anything. */
    void isRefusedInAtomic(ThrowingCallable attempt) {
        assertThatThrownBy(() -> databases.<Throwable>atomic(() -> {
                    databases.execute("INSERT INTO item VALUES (100, 'ours')");
                    attempt.call();
                }))
                .hasStackTraceContaining(SQLException.class.getName())
                .hasStackTraceContaining("on database 'default' inside atomic");

        assertThat(oursIds()).isEmpty();
    }
}
