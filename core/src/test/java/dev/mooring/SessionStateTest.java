package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.config.LeaseScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Session state: whoever changed it keeps the connection, and nobody else sees it. */
class SessionStateTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void isWipedBeforeTheConnectionIsParked() {
        setup.wrapper().execute("SET a");

        assertThat(database.resets).hasValue(1);
        assertThat(setup.counts().open()).isEqualTo(1);
        setup.wrapper().execute("DO");
        assertThat(database.resets).hasValue(1);
    }

    @Test
    void staysWithTheUnitThatChangedIt() {
        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            assertThat(unit).isNotNull();
            setup.wrapper().execute("SET a");
            assertThat(setup.counts().leased()).isEqualTo(1);
            setup.wrapper().execute("DO");
            assertThat(database.resets).hasValue(0);
        }

        assertThat(database.resets).hasValue(1);
        assertThat(setup.counts().leased()).isZero();
        assertThat(setup.counts().open()).isEqualTo(1);
    }

    @Test
    void isWhatPinSpeaksOf() {
        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            assertThat(unit).isNotNull();
            setup.wrapper().pin();
            assertThat(setup.counts().leased()).isEqualTo(1);
        }

        assertThat(database.resets).hasValue(1);
    }

    @Test
    void isSeenThroughACursorToo() {
        setup.wrapper().cursor().execute("SET a");

        assertThat(database.resets).hasValue(1);
    }

    @Test
    void isWipedAfterATransactionThatChangedIt() {
        setup.wrapper().atomic(() -> setup.wrapper().execute("SET a"));

        assertThat(database.resets).hasValue(1);
    }

    @Test
    void endsWithTheConnectionIfItCannotBeWiped() {
        database.resettable = false;

        setup.wrapper().execute("SET a");

        assertThat(database.open()).isZero();
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void endsWithTheConnectionIfWipingFails() {
        database.fail("reset", FakeDatabase.error("42601"), new IllegalStateException("driver"));

        setup.wrapper().execute("SET a");
        setup.wrapper().execute("SET a");

        assertThat(database.opened).hasValue(2);
        assertThat(database.open()).isZero();
    }

    @Test
    void endsWithTheConnectionIfWipingEndsInAnError() {
        database.fail("reset", new StackOverflowError());

        assertThatThrownBy(() -> setup.wrapper().execute("SET a")).isInstanceOf(StackOverflowError.class);

        assertThat(database.open()).isZero();
        assertThat(setup.counts().leased()).isZero();
        assertThat(setup.wrapper().execute("DO")).isEqualTo(1);
    }

    @Test
    void neverEndsAConnectionThatHoldsTheData() {
        database.inMemory = true;
        setup.builder.listener(new DatabaseListener() {
            @Override
            public void connectionCreated(DatabaseWrapper wrapper) {
                wrapper.execute("SET mine");
            }
        });

        setup.wrapper().execute("SET a");
        setup.wrapper().execute("DO");

        assertThat(database.opened).hasValue(1);
        assertThat(database.closed).hasValue(0);
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void isWipedWhereTheConnectionHoldsTheData() {
        database.inMemory = true;
        database.resettable = false;

        setup.wrapper().execute("SET a");
        setup.wrapper().execute("DO");

        assertThat(database.resets).hasPositiveValue();
        assertThat(database.closed).hasValue(0);
    }

    @Test
    void survivesAFailedWipeWhereTheConnectionHoldsTheData() {
        database.inMemory = true;
        database.fail("reset", new StackOverflowError());

        assertThatThrownBy(() -> setup.wrapper().execute("SET a")).isInstanceOf(StackOverflowError.class);

        assertThat(setup.counts().leased()).isZero();
        assertThat(setup.wrapper().execute("DO")).isEqualTo(1);
        assertThat(database.closed).hasValue(0);
    }

    @Test
    void isWipedOfAConnectionThatHoldsTheDataAndWasCondemned() {
        database.inMemory = true;
        database.fail("DO", FakeDatabase.error("08006"));

        FakeSetup.swallow(() -> setup.wrapper().execute("DO"));

        assertThat(database.resets).hasValue(1);
        assertThat(database.closed).hasValue(0);
    }

    @Test
    void endsWithAConnectionThatHeldTheDataAndIsGone() {
        database.inMemory = true;
        database.resettable = false;
        database.usable = false;

        setup.wrapper().execute("SET a");

        assertThat(database.open()).isZero();
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void isTheThreadsOwnWhereTheConnectionIs() {
        setup.with(s -> s.leaseScope(LeaseScope.THREAD));

        setup.wrapper().execute("SET a");
        setup.wrapper().execute("DO");

        assertThat(database.resets).hasValue(0);
        assertThat(setup.counts().leased()).isEqualTo(1);
    }

    @Test
    @Tag("threads")
    void ofADeadThreadIsSeenByNobody() throws InterruptedException {
        setup.with(s -> s.maxConnections(1));
        FakeSetup.onAnotherThread(() -> {
            setup.databases().unitOfWork();
            return setup.wrapper().execute("SET a");
        });

        setup.wrapper().execute("DO");

        assertThat(database.opened).hasValue(2);
        assertThat(database.open()).isEqualTo(1);
        assertThat(setup.counts().reclaimed()).isEqualTo(1);
    }

    @Test
    void ofAListenerStaysUntilTheConnectionIsClosed() {
        setup.builder.listener(new DatabaseListener() {
            @Override
            public void connectionCreated(DatabaseWrapper wrapper) {
                wrapper.execute("SET mine");
            }
        });

        setup.wrapper().execute("DO");
        setup.wrapper().execute("DO");

        assertThat(database.resets).as("it is no trace of a user").hasValue(0);
        assertThat(database.opened).hasValue(1);

        setup.wrapper().execute("SET a");
        setup.wrapper().execute("DO");

        assertThat(database.resets).as("a reset would undo it").hasValue(0);
        assertThat(database.opened)
                .as("so there is a new connection, with a listener's state of its own")
                .hasValue(2);
    }
}
