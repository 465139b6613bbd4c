package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A connection of the {@code DataSource} on other threads than the one that took it. */
@Tag("wrong-answers")
class DataSourceThreadsTest extends DataSourceFixture {

    @Test
    @DisplayName("A connection of the DataSource that is closed on another thread is given back")
    void closedElsewhereIsGivenBack() throws Exception {
        setup.with(s -> s.maxConnections(1));
        for (int i = 0; i < 3; i++) {
            Connection connection = connection();
            run(connection, "DO");
            assertThat(setup.counts().leased()).isEqualTo(1);
            onAnotherThread(connection::close);
            assertThat(connection.isClosed()).isTrue();
            assertThat(setup.counts().leased()).isZero();
        }
        setup.wrapper().execute("DO");
    }

    @Test
    @DisplayName("A transaction whose connection is closed on another thread is rolled back")
    void transactionClosedElsewhereIsRolledBack() throws Exception {
        Connection connection = connection();
        connection.setAutoCommit(false);
        run(connection, "DO");
        onAnotherThread(connection::close);

        assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK");
        assertThat(setup.wrapper().transaction().getAutocommit()).isTrue();
    }

    @Test
    @DisplayName(
            "A connection is read and written on several threads, one at a time, and closed by the one that took it")
    void usedOnSeveralThreads() throws Exception {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("SELECT 1");
                ResultSet rows = statement.executeQuery()) {
            onAnotherThread(() -> assertThat(rows.next()).isTrue());
            onAnotherThread(() -> run(connection, "DO"));
            onAnotherThread(() -> assertThat(rows.next()).isFalse());
            run(connection, "DO");
            assertThat(setup.counts().leased()).isEqualTo(1);
        }
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    @DisplayName(
            "A value of a row is read on another thread, but not in a block, and not once the connection is closed")
    void valuesAreReadElsewhere() throws Exception {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("SELECT 1");
                ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            onAnotherThread(() -> assertThat(rows.getInt(1)).isEqualTo(1));
            assertThat(rows.getInt(1)).isEqualTo(1);
            onAnotherThread(connection::close);
            closed(() -> rows.getInt(1));
        }
        setup.wrapper().<Exception>atomic(() -> {
            try (Connection connection = connection();
                    PreparedStatement statement = connection.prepareStatement("SELECT 1");
                    ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                onAnotherThread(() -> assertThatThrownBy(() -> rows.getInt(1))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("an atomic block"));
            }
        });
    }

    @Test
    @DisplayName("The thread that took a connection has another session once that is used elsewhere")
    void takerHasAnotherSession() throws Exception {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            run(connection, "DO");
            onAnotherThread(() -> run(connection, "DO"));
            setup.wrapper().execute("DO by itself");
            connection.commit();
        }
        assertThat(database.opened).hasValue(2);
        assertThat(database.drain()).containsExactly("BEGIN", "DO", "DO", "DO by itself", "COMMIT");
    }

    @Test
    @DisplayName("A connection of an atomic block is refused to another thread, whose close ends it with its block")
    void connectionOfABlockStaysWithItsThread() throws Exception {
        setup.wrapper().<Exception>atomic(() -> {
            Connection connection = connection();
            run(connection, "DO");
            onAnotherThread(() -> assertThatThrownBy(() -> run(connection, "DO"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("an atomic block")
                    .hasMessageNotContaining("incThreadSharing"));
            onAnotherThread(connection::close);
            assertThat(connection.isClosed()).isTrue();
        });
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    @DisplayName("A connection that is closed while another thread is in a call ends with that call")
    void closedDuringACall() throws Exception {
        CountDownLatch inCall = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        database.during = call -> {
            if (call.equals("DO long")) {
                inCall.countDown();
                awaitQuietly(go);
            }
        };
        CompletableFuture<Connection> taken = new CompletableFuture<>();
        Thread user = new Thread(() -> {
            try {
                Connection connection = connection();
                taken.complete(connection);
                run(connection, "DO long");
            } catch (SQLException e) {
                taken.completeExceptionally(e);
            }
        });
        user.start();
        inCall.await(10, TimeUnit.SECONDS);
        Connection connection = taken.get();
        connection.close();
        assertThat(connection.isClosed()).isTrue();
        assertThat(setup.counts().leased()).isEqualTo(1);
        go.countDown();
        user.join(10_000);
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    @DisplayName("A thread whose connection went to another thread has its next unit of work as ever")
    void unitOfWorkAfterAConnectionWentAway() throws Exception {
        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            Connection connection = connection();
            run(connection, "DO");
            onAnotherThread(() -> run(connection, "DO"));
            onAnotherThread(connection::close);
        }
        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            setup.databases().execute("DO");
        }
        setup.databases().closeOldConnections();
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    @DisplayName("A connection that is closed takes nothing along to the thread that closes or uses it once more")
    void closedStaysClosedElsewhere() throws Exception {
        DatabaseWrapper wrapper = setup.wrapper();
        Connection connection = connection();
        PreparedStatement statement = connection.prepareStatement("DO");
        connection.close();

        onAnotherThread(connection::close);
        onAnotherThread(statement::close);
        onAnotherThread(() -> closed(() -> run(connection, "DO")));
        onAnotherThread(() -> closed(connection::rollback));
        onAnotherThread(() -> closed(statement::execute));

        assertThat(setup.wrapper()).isSameAs(wrapper);
        wrapper.execute("DO");
    }

    @Test
    @DisplayName("abort() before anything was done closes the connection")
    void abortBeforeTheFirstStatement() throws Exception {
        Connection connection = connection();
        onAnotherThread(() -> connection.abort(Runnable::run));
        assertThat(connection.isClosed()).isTrue();
        closed(() -> run(connection, "DO"));
        connection.close();
        assertThatThrownBy(() -> connection().abort(null))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void onAnotherThread(Work work) throws InterruptedException {
        boolean unused = FakeSetup.onAnotherThread(() -> {
            work.run();
            return true;
        });
    }

    private interface Work {
        void run() throws Exception;
    }
}
