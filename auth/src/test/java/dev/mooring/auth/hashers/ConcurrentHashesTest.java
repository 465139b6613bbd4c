package dev.mooring.auth.hashers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("However many logins there are")
class ConcurrentHashesTest {

    @Test
    @DisplayName("no more hashes are computed at once than allowed, and all are in the end")
    void areBounded() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        PasswordHashers hashers = PasswordHashers.of(
                        new Pbkdf2Hasher(Pbkdf2Hasher.Kind.SHA256, 1, (digest, p, s, n) -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            two.countDown();
                            try {
                                go.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            } finally {
                                running.decrementAndGet();
                            }
                            return new byte[32];
                        }))
                .withMaxConcurrentHashes(2);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<PasswordCheck>> checks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                checks.add(threads.submit(() -> hashers.check("wrong", null)));
            }
            two.await();
            go.countDown();
            for (Future<PasswordCheck> check : checks) {
                assertThat(check.get()).isEqualTo(PasswordCheck.WRONG);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most).hasValue(2);
        assertThatIllegalArgumentException().isThrownBy(() -> hashers.withMaxConcurrentHashes(0));
    }
}
