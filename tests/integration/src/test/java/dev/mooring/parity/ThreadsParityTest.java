package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.DatabaseWrapper;
import dev.mooring.Lease;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.InterfaceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Wrappers and threads: Django's {@code ThreadTests}. */
@EveryWorld
class ThreadsParityTest extends ParityContract {

    private final ExecutorService one = Executors.newSingleThreadExecutor();
    private final ExecutorService two = Executors.newSingleThreadExecutor();

    @AfterEach
    void endThreads() throws Exception {
        for (ExecutorService thread : List.of(one, two)) {
            on(thread, () -> {
                databases.closeAll();
                return true;
            });
            thread.shutdown();
        }
    }

    @Test
    @Django(value = "TH-01", underOperation = "Threads that work at the same time; those that take turns share one")
    void haveAConnectionEach() throws Exception {
        List<Lease> leases = new ArrayList<>();
        List<Object> connections = new ArrayList<>();
        Callable<Boolean> query = () -> databases.query("SELECT 1 AS one").isEmpty();
        Callable<Boolean> hold = () -> leases.add(databases.get().hold())
                && connections.add(databases.get().connection());

        query.call();
        on(one, query);
        on(two, query);
        assertThat(databases.using("default").counts().open()).isEqualTo(world.isThread() ? 3 : 1);

        hold.call();
        on(one, hold);
        on(two, hold);
        assertThat(connections).doesNotContainNull().doesNotHaveDuplicates().hasSize(3);

        leases.get(0).close();
        on(one, () -> end(leases.get(1)));
        on(two, () -> end(leases.get(2)));
    }

    @Test
    @Django("TH-02")
    void haveAWrapperEach() throws Exception {
        assertThat(databases.get("default")).isSameAs(databases.get());
        assertThat(List.of(databases.get(), on(one, databases::get), on(two, databases::get)))
                .doesNotHaveDuplicates();
    }

    @Test
    @Django("TH-03")
    void refuseAnothersWrapperUnlessItIsShared() throws Exception {
        DatabaseWrapper wrapper = databases.get();
        Callable<List<?>> use = () -> wrapper.query("SELECT 1 AS one");

        assertRefused(() -> on(one, use));
        wrapper.incThreadSharing();
        assertThat(on(one, use)).hasSize(1);
        wrapper.decThreadSharing();
        assertRefused(() -> on(one, use));
    }

    @Test
    @Django("TH-04")
    void doNotCloseAnothersUnlessItIsShared() throws Exception {
        DatabaseWrapper wrapper = databases.get();
        wrapper.ensureConnection();
        Callable<Boolean> close = () -> {
            wrapper.close();
            return true;
        };

        assertRefused(() -> on(one, close));
        assertThat(databases.using("default").counts().open()).isEqualTo(1);
        wrapper.incThreadSharing();
        on(one, close);
        assertThat(databases.using("default").counts().open()).isZero();
        wrapper.decThreadSharing();
    }

    @Test
    @Django(value = "TH-05", differs = "`InterfaceException` in place of RuntimeError: one root for all errors (ADR 3)")
    void countHowOftenTheyShare() throws Exception {
        DatabaseWrapper wrapper = databases.get();
        Callable<Boolean> validate = () -> {
            wrapper.validateThreadSharing();
            return true;
        };

        wrapper.incThreadSharing();
        wrapper.incThreadSharing();
        wrapper.decThreadSharing();
        assertThat(on(one, validate)).isTrue();
        wrapper.decThreadSharing();
        assertRefused(() -> on(one, validate));
        assertThatExceptionOfType(InterfaceException.class).isThrownBy(wrapper::decThreadSharing);
    }

    private static Boolean end(Lease lease) {
        lease.close();
        return true;
    }

    private static void assertRefused(ThrowingCallable use) {
        assertThatExceptionOfType(DatabaseException.class).isThrownBy(use).withMessageContaining("belongs to thread");
    }

    private static <T> T on(ExecutorService thread, Callable<T> work) throws Exception {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
