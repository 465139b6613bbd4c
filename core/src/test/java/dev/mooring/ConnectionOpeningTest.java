package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.OperationalException;
import dev.mooring.error.TransactionManagementException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConnectionOpeningTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;

    @AfterEach
    void close() {
        setup.close();
        assertThat(database.open()).isZero();
    }

    @Nested
    class AListener {

        @Test
        void isToldOfEachConnectionOnceAndMayUseIt() { // BE-01
            List<String> told = new ArrayList<>();
            setup.builder.listener(new DatabaseListener() {
                @Override
                public void connectionCreated(DatabaseWrapper wrapper) {
                    told.add(wrapper.alias());
                    wrapper.execute("HELLO");
                }
            });

            setup.databases().execute("DO");
            setup.databases().execute("DO");

            assertThat(told).containsExactly("default");
            assertThat(database.drain()).containsExactly("HELLO", "DO", "DO");
            assertThat(setup.counts().leased()).isZero();
        }

        @Test
        void mayUseAtomicBeforeTheBlockThatTheConnectionIsFor() throws Exception {
            database.hasWriteLock = true;
            listen(wrapper -> wrapper.atomic(() -> wrapper.execute("HELLO")));

            setup.databases().atomic(() -> setup.databases().execute("DO"));

            assertThat(database.drain()).containsExactly("BEGIN", "HELLO", "COMMIT", "BEGIN", "DO", "COMMIT");
            assertThat(Threads.on("next", () -> setup.databases().execute("INSERT")))
                    .isEqualTo(1);
            assertThat(setup.counts().leased()).isZero();
        }

        @Test
        void mayBeginTheTransactionThatAStatementByHandIsFor() throws Exception {
            database.hasWriteLock = true;
            listen(wrapper -> wrapper.execute("HELLO"));
            Transaction transaction = setup.databases().get().transaction();
            transaction.setAutocommit(false);

            setup.databases().execute("DO");
            transaction.commit();
            transaction.setAutocommit(true);

            assertThat(database.drain()).containsExactly("BEGIN", "HELLO", "DO", "COMMIT");
            assertThat(Threads.on("next", () -> setup.databases().execute("INSERT")))
                    .isEqualTo(1);
            assertThat(setup.counts().leased()).isZero();
        }

        @Test
        void mayNotLeaveATransactionOpenForTheBlockThatTheConnectionIsFor() throws Exception {
            database.hasWriteLock = true;
            listen(wrapper -> {
                wrapper.transaction().setAutocommit(false);
                wrapper.execute("HELLO");
            });

            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() ->
                            setup.databases().atomic(() -> setup.databases().execute("DO")))
                    .withMessageContaining("'default'")
                    .withMessageContaining("listener");

            setup.databases().get().transaction().rollback();
            setup.databases().get().transaction().setAutocommit(true);
            assertThat(database.drain()).containsExactly("BEGIN", "HELLO", "ROLLBACK");
            assertThat(Threads.on("next", () -> setup.databases().execute("INSERT")))
                    .isEqualTo(1);
            assertThat(setup.counts().leased()).isZero();
        }

        private void listen(Consumer<DatabaseWrapper> listener) {
            setup.with(settings -> settings.acquireTimeout(Duration.ofMillis(200)));
            setup.builder.listener(new DatabaseListener() {
                private boolean told;

                @Override
                public void connectionCreated(DatabaseWrapper wrapper) {
                    if (!told) {
                        told = true;
                        listener.accept(wrapper);
                    }
                }
            });
        }

        @Test
        void closesTheConnectionByThrowing() {
            setup.builder.listener(new DatabaseListener() {
                @Override
                public void connectionCreated(DatabaseWrapper wrapper) {
                    throw new IllegalStateException("not this one");
                }
            });

            assertThatThrownBy(() -> setup.databases().execute("DO")).hasMessage("not this one");

            assertThat(database.open()).isZero();
            assertThat(setup.counts().open()).isZero();
            assertThat(setup.counts().leased()).isZero();
        }
    }

    @Nested
    class AConnectionThatFailsToOpen {

        @Test
        void saysWhichDatabaseAndWhyWithoutThePassword() {
            setup.with(s -> s.user("app").password("canary").host("db.example").port(5432));
            database.fail("connect", error("28P01"));

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> setup.databases().execute("DO"))
                    .withMessage(
                            "Could not connect to database 'default' with the settings engine 'fake', name 'main', host"
                                    + " 'db.example', port 5432, user 'app' and a password: the driver says 28P01 (SQLSTATE 28P01)")
                    .satisfies(e -> assertThat(e.sqlState()).contains("28P01"));

            assertThat(setup.counts().open()).isZero();
            assertThat(setup.databases().execute("DO")).isEqualTo(1);
        }

        @Test
        void isClosedIfItsInitialisationFailed() {
            database.fail("initialize", error("42501"), new IllegalStateException("init"), new AssertionError("init"));

            assertThatThrownBy(() -> setup.databases().execute("DO")).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> setup.databases().execute("DO")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> setup.databases().execute("DO")).isInstanceOf(AssertionError.class);

            assertThat(database.opened).hasValue(3);
            assertThat(database.open()).isZero();
            assertThat(setup.counts().open()).isZero();
        }
    }
}
