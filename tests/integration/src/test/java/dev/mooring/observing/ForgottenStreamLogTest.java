package dev.mooring.observing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.AtomicBlock;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says of streams and blocks that nobody closed. */
class ForgottenStreamLogTest {

    private static final String QUERY = "SELECT 1 AS n UNION ALL SELECT 2";

    @TempDir
    Path directory;

    private final SeenLog log = new SeenLog("dev.mooring.db.backends.base", Level.WARN);
    private Databases databases;

    @BeforeEach
    void open() {
        databases = Databases.of(DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(directory.resolve("forgotten.sqlite3").toString())
                .build());
    }

    @AfterEach
    void close() {
        databases.close();
        log.close();
    }

    @Test
    void namesAStreamAtTheEndOfTheUnit() {
        try (UnitOfWork unit = databases.unitOfWork()) {
            Stream<Row> forgotten = databases.stream(QUERY);
            assertThat(forgotten).isNotNull();
        }

        assertThat(log.events())
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("A stream on database 'default' was left open and is rolled back");
    }

    @Test
    void namesAStreamAtTheBeginOfTheNextUnit() {
        assertThat(databases.stream(QUERY).findFirst()).isPresent();

        databases.unitOfWork().close();

        assertThat(log.events())
                .extracting(event -> event.getFormattedMessage() + ": "
                        + event.getThrowableProxy().getMessage())
                .containsExactly("A stream of: " + QUERY
                        + " on database 'default' was left open and is rolled back: A unit of work began"
                        + " on database 'default' while this thread had it open: close blocks and streams, best by"
                        + " try-with-resources, and begin the unit of work outside");
    }

    @Test
    void namesABlock() {
        try (UnitOfWork unit = databases.unitOfWork()) {
            AtomicBlock forgotten = databases.get().beginAtomic();
            assertThat(forgotten).isNotNull();
        }

        assertThat(log.events())
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("An atomic block on database 'default' was left open and is rolled back");
    }
}
