package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.pool.Housekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A {@code Databases} over {@link FakeDatabase}s, with the time and the housekeeper in the test's hand. */
final class FakeSetup implements AutoCloseable {

    final FakeDatabase database = new FakeDatabase();
    final FakeDatabase replica = new FakeDatabase();
    final ManualTime time = new ManualTime();

    /** How long it was waited between two tries of a transaction, without waiting. */
    final List<Duration> pauses = new ArrayList<>();

    final DatabasesBuilder builder = Databases.builder()
            .backend(new FakeBackend().with("main", database).with("copy", replica))
            .sleeper(pauses::add)
            .time(time, clock -> {
                Housekeeper made = new Housekeeper(clock);
                made.stop();
                this.housekeeper = made;
                return made;
            });

    private UnaryOperator<DatabaseSettingsBuilder> settings = UnaryOperator.identity();
    private Databases databases;
    private Housekeeper housekeeper;

    /** Has the settings of both databases differ from the defaults. */
    FakeSetup with(UnaryOperator<DatabaseSettingsBuilder> settings) {
        this.settings = settings;
        return this;
    }

    Databases databases() {
        if (databases == null) {
            databases = builder.add(settings("default", "main"))
                    .add(settings("replica", "copy"))
                    .build();
        }
        return databases;
    }

    DatabaseWrapper wrapper() {
        return databases().get();
    }

    ConnectionCounts counts() {
        return databases().using("default").counts();
    }

    /** Moves the time and has the housekeeper publish it. */
    void advance(Duration by) {
        time.advance(by);
        databases();
        housekeeper.tick();
    }

    void sweep() {
        databases();
        housekeeper.sweep();
    }

    static <T> T onAnotherThread(Callable<T> work) throws InterruptedException {
        return Threads.on("other", work);
    }

    /** Runs what fails, or may fail, where only the consequences are of interest. */
    static void swallow(ThrowingCallable failing) {
        Throwable unused = Assertions.catchThrowable(failing);
    }

    /** Sees that every lease was given back, closes, and sees that every connection was closed. */
    void closeAndVerify() {
        assertThat(counts().leased()).isZero();
        close();
        assertThat(database.open()).isZero();
    }

    @Override
    public void close() {
        if (databases != null) {
            databases.close(Duration.ZERO);
        }
    }

    private DatabaseSettings settings(String alias, String name) {
        return settings.apply(DatabaseSettings.builder(alias).engine("fake").name(name))
                .build();
    }
}
