package dev.mooring;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.TransactionManagementException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** Transactions by hand, each ended after its test. */
abstract class TransactionFixture {

    final FakeSetup setup = new FakeSetup();
    final FakeDatabase database = setup.database;
    final DatabaseWrapper wrapper = setup.wrapper();
    final Transaction transaction = wrapper.transaction();
    final String savepoint = "s" + Thread.currentThread().getId() + "_x";
    final List<String> ran = new ArrayList<>();

    @AfterEach
    void everyLeaseWasGivenBack() {
        transaction.rollback();
        transaction.setAutocommit(true);
        setup.closeAndVerify();
    }

    static void fail() {
        throw new IllegalStateException("the block failed");
    }

    static void refused(ThrowingCallable action, String because) {
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(action)
                .withMessageContaining(because);
    }
}
