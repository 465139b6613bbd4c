package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.config.LeaseScope;
import dev.mooring.error.ConnectionDoesNotExistException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Django does around a view. */
class RequestsTest {

    private final FakeSetup setup =
            new FakeSetup().with(s -> s.atomicRequests(true).leaseScope(LeaseScope.REQUEST));
    private final Databases databases = setup.databases();

    @AfterEach
    void everyLeaseWasGivenBack() {
        assertThat(setup.counts().leased()).isZero();
        setup.close();
    }

    @Test
    void runInATransactionOfEachDatabaseThatWantsIt() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        setup.database.during = sql -> order.add("default " + sql);
        setup.replica.during = sql -> order.add("replica " + sql);

        String answer = databases.request(() -> {
            databases.execute("DO");
            return "answer";
        });

        assertThat(answer).isEqualTo("answer");
        assertThat(order)
                .containsExactly("replica BEGIN", "default BEGIN", "default DO", "default COMMIT", "replica COMMIT");
    }

    @Test
    void rollBackWhateverComesOut() {
        Exception failure = new Exception("checked");

        assertThatThrownBy(() -> databases.request(() -> {
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(setup.database.drain()).containsExactly("BEGIN", "ROLLBACK");
        assertThat(setup.replica.drain()).containsExactly("BEGIN", "ROLLBACK");
    }

    @Test
    void leaveOutWhatIsExempt() {
        Object unused = databases.nonAtomicRequest(() -> databases.execute("DO"), "default");
        assertThat(setup.database.drain()).containsExactly("DO");
        assertThat(setup.replica.drain()).containsExactly("BEGIN", "COMMIT");

        unused = databases.nonAtomicRequest(() -> databases.execute("DO"));
        assertThat(setup.database.drain()).containsExactly("DO");
        assertThat(setup.replica.drain()).isEmpty();
        assertThat(unused).isEqualTo(1);
    }

    @Test
    void mayReturnNothing() {
        databases.nonAtomicRequest(
                () -> {
                    databases.execute("DO");
                },
                "default",
                "default");

        assertThat(setup.database.drain()).containsExactly("DO");
        assertThat(setup.replica.drain()).containsExactly("BEGIN", "COMMIT");
    }

    @Test
    void areUnitsOfWork() {
        Object unused = databases.nonAtomicRequest(() -> {
            databases.execute("DO");
            return assertThat(setup.counts().leased()).isEqualTo(1);
        });

        assertThat(unused).isNotNull();
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void knowWhichDatabasesThereAre() {
        assertThatExceptionOfType(ConnectionDoesNotExistException.class)
                .isThrownBy(() -> databases.nonAtomicRequest(() -> 1, "nowhere"));
    }
}
