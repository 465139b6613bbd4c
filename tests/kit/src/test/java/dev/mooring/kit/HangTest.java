package dev.mooring.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spi.Connector;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("threads")
class HangTest {

    private final Faults faults = new Faults();
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private Connection connection;
    private Thread caller;

    @BeforeEach
    void open(@TempDir Path directory) throws SQLException {
        Connector connector = FaultyBackend.around(new TinyBackend(), faults)
                .create(TinyBackend.settings(directory.resolve("db")).build())
                .connector();
        connection = connector.open();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        caller.join();
    }

    @Test
    void goesOnWhenReleased() throws Exception {
        Hang hang = hanging(Hang.uninterruptible());
        assertThat(outcome).isNotDone();
        hang.release();
        assertThat(outcome()).isEqualTo("done");
    }

    @Test
    void endsWhenTheConnectionIsAborted() throws Exception {
        hanging(Hang.uninterruptible());
        connection.abort(Runnable::run);
        assertThat(outcome()).isEqualTo("08006");
    }

    @Test
    void endsWithAnInterruptAndTheConnectionWithIt() throws Exception {
        hanging(Hang.interruptible());
        caller.interrupt();
        assertThat(outcome()).isEqualTo("08006, interrupted");
    }

    @Test
    void takesNoNoticeOfAnInterruptIfToldSo() throws Exception {
        Hang hang = hanging(Hang.uninterruptible());
        caller.interrupt();
        hang.release();
        assertThat(outcome()).isEqualTo("done, interrupted");
    }

    private Hang hanging(Hang hang) {
        faults.atCallOf("getAutoCommit", 1, hang);
        caller = new Thread(() -> outcome.complete(call()));
        caller.start();
        hang.awaitReached();
        return hang;
    }

    private String call() {
        String how;
        try {
            connection.getAutoCommit();
            how = "done";
        } catch (SQLException e) {
            how = e.getSQLState();
        }
        return Thread.currentThread().isInterrupted() ? how + ", interrupted" : how;
    }

    private String outcome() throws InterruptedException, ExecutionException {
        return outcome.get();
    }
}
