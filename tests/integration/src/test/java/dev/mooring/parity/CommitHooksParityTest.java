package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.AtomicOptions;
import dev.mooring.error.TransactionManagementException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commit hooks: Django's {@code tests/transaction_hooks}. */
@EveryWorld
class CommitHooksParityTest extends ParityContract {

    private final List<String> ran = new ArrayList<>();

    @Test
    @Django("HK-01")
    void runAtOnceWithoutATransaction() {
        insertWithHook("1");

        assertThat(ran).containsExactly("1");
    }

    @Test
    @Django("HK-02")
    void thatAreRobustAreOnlyLoggedWithoutATransaction() {
        List<ILoggingEvent> logged =
                Logged.by("dev.mooring.db.backends.base", Level.ERROR, this::registerRobustFailure);
        insertWithHook("1");

        assertThat(ran).containsExactly("1");
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).getFormattedMessage())
                .contains("outside a transaction", "robust")
                .doesNotContain("after");
        assertThat(logged.get(0).getThrowableProxy().getMessage()).isEqualTo("robust");
    }

    @Test
    @Django("HK-03")
    void thatAreRobustAreOnlyLoggedAfterACommit() {
        List<ILoggingEvent> logged = Logged.by(
                "dev.mooring.db.backends.base",
                Level.ERROR,
                () -> databases.atomic(() -> {
                    registerRobustFailure();
                    insertWithHook("1");
                }));

        assertDone("1");
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).getFormattedMessage()).contains("after a commit", "robust");
        assertThat(logged.get(0).getThrowableProxy().getMessage()).isEqualTo("robust");
    }

    @Test
    @Django("HK-04")
    void waitForTheCommit() {
        databases.atomic(() -> {
            insertWithHook("1");
            assertThat(ran).isEmpty();
        });

        assertDone("1");
    }

    @Test
    @Django("HK-05")
    void doNotRunAfterARollback() {
        failing(() -> insertWithHook("1"));

        assertDone();
    }

    @Test
    @Django("HK-06")
    void waitForTheOutermostBlock() {
        databases.atomic(() -> {
            databases.atomic(() -> insertWithHook("1"));
            assertThat(ran).isEmpty();
        });

        assertDone("1");
    }

    @Test
    @Django("HK-07")
    void goWithTheSavepointTheyWereRegisteredUnder() {
        databases.atomic(() -> {
            databases.atomic(() -> insertWithHook("1"));
            failing(() -> insertWithHook("2"));
            databases.atomic(() -> insertWithHook("3"));
        });

        assertDone("1", "3");
    }

    @Test
    @Django("HK-08")
    void goWithTheOuterBlock() {
        failing(() -> databases.atomic(() -> insertWithHook("1")));

        assertDone();
    }

    @Test
    @Django("HK-09")
    void goWithTheBlockInTheMiddle() {
        databases.atomic(() -> {
            failing(() -> databases.atomic(() -> insertWithHook("1")));
            databases.atomic(() -> insertWithHook("2"));
        });

        assertDone("2");
    }

    @Test
    @Django("HK-10")
    void ofABlockWithoutASavepointGoWithTheOneAroundIt() {
        databases.atomic(() -> {
            insertWithHook("1");
            swallow(() -> databases.atomic(AtomicOptions.defaults().withoutSavepoint(), () -> {
                insertWithHook("2");
                throw new IllegalStateException();
            }));
        });
        insertWithHook("3");

        assertDone("3");
    }

    @Test
    @Django("HK-11")
    void ofTheOuterBlockOutliveTheInner() {
        databases.atomic(() -> {
            insertWithHook("1");
            failing(() -> insert("2"));
        });

        assertDone("1");
    }

    @Test
    @Django("HK-12")
    void runInTheOrderOfTheirRegistration() {
        databases.atomic(() -> {
            insertWithHook("1");
            databases.atomic(() -> insertWithHook("2"));
            insertWithHook("3");
        });

        assertDone("1", "2", "3");
    }

    @Test
    @Django("HK-13")
    void runOnce() {
        databases.atomic(() -> insertWithHook("1"));
        databases.atomic(() -> insertWithHook("2"));

        assertDone("1", "2");
    }

    @Test
    @Django("HK-14")
    void areGoneAfterARollback() {
        failing(() -> insertWithHook("1"));
        databases.atomic(() -> insertWithHook("2"));

        assertDone("2");
    }

    @Test
    @Django("HK-15")
    void areGoneAfterAReconnect() {
        databases.atomic(() -> {
            insertWithHook("1");
            databases.get().close();
        });
        databases.get().ensureConnection();
        databases.atomic(() -> insertWithHook("2"));

        assertDone("2");
    }

    @Test
    @Django("HK-16")
    void areGoneAlthoughOneFailed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> databases.atomic(() -> databases.onCommit(CommitHooksParityTest::fail)));
        databases.atomic(() -> insertWithHook("1"));

        assertDone("1");
    }

    @Test
    @Django("HK-17")
    void mayQuery() {
        databases.atomic(() -> databases.onCommit(() -> {
            databases.query("SELECT 1 AS one");
            insertWithHook("1");
        }));

        assertDone("1");
    }

    @Test
    @Django("HK-18")
    void mayBeginATransaction() {
        databases.atomic(() -> databases.onCommit(() -> databases.atomic(() -> insertWithHook("1"))));

        assertDone("1");
    }

    @Test
    @Django("HK-19")
    void mayRegisterHooks() {
        databases.atomic(() -> {
            hookWithHook("1", "11");
            hookWithHook("2", "12");
        });

        assertThat(ran).containsExactly("1", "11", "2", "12");
    }

    @Test
    @Django("HK-20")
    void areRefusedWithAutocommitOffAndNoBlock() {
        databases.get().transaction().setAutocommit(false);
        try {
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> databases.onCommit(() -> {}));
        } finally {
            databases.get().transaction().setAutocommit(true);
        }
    }

    @Test
    @Django(value = "HK-21", differs = "null is a `NullPointerException`; the compiler refuses the rest")
    void mustNotBeNull() {
        assertThatNullPointerException().isThrownBy(() -> databases.onCommit(null));
        databases.atomic(() -> assertThatNullPointerException().isThrownBy(() -> databases.onCommit(null)));
    }

    private void insertWithHook(String name) {
        insert(name);
        databases.onCommit(() -> ran.add(name));
    }

    private void hookWithHook(String outer, String inner) {
        databases.onCommit(() -> databases.atomic(() -> {
            ran.add(outer);
            databases.onCommit(() -> ran.add(inner));
        }));
    }

    private void registerRobustFailure() {
        databases.get().onCommitRobust(() -> {
            throw new IllegalStateException("robust");
        });
    }

    private void failing(Runnable block) {
        assertThatThrownBy(() -> databases.atomic(() -> {
                    block.run();
                    fail();
                }))
                .hasMessage("the block failed");
    }

    private static void fail() {
        throw new IllegalStateException("the block failed");
    }

    /** What ran is what was committed. */
    private void assertDone(String... names) {
        assertThat(ran).containsExactly(names);
        assertThat(reporters()).containsExactly(names);
    }
}
