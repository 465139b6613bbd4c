package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who closes the databases cannot end its own work before that returns. */
@Tag("wrong-answers")
@Timeout(60)
class CloseWithOwnLeaseTest {

    private static final Duration LONG = Duration.ofDays(300);

    @TempDir
    Path folder;

    @Test
    @DisplayName("Closing the databases inside atomic does not wait for that block, which is rolled back")
    void waitsForNoBlockOfItsOwn() {
        try (Databases databases = open()) {
            databases.execute("CREATE TABLE item (id integer)");
            assertThatException()
                    .isThrownBy(() -> databases.atomic(() -> {
                        databases.execute("INSERT INTO item VALUES (1)");
                        databases.close(LONG);
                    }));
        }
        try (Databases databases = open()) {
            assertThat(databases.query("SELECT * FROM item")).isEmpty();
        }
    }

    @Test
    @DisplayName("Closing the databases while a stream is open does not wait for it")
    void waitsForNoStreamOfItsOwn() {
        Databases databases = open();
        Stream<Row> rows = databases.stream("VALUES (1), (2)");
        Iterator<Row> each = rows.iterator();
        assertThat(each.next()).isNotNull();

        databases.close(LONG);

        assertThatException().isThrownBy(rows::close).withMessageContaining("was closed");
        assertThat(databases.using("default").counts().open()).isZero();
    }

    private Databases open() {
        return Databases.of(TestDatabases.sqlite(folder).build());
    }
}
