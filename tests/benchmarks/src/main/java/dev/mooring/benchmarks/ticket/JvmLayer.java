package dev.mooring.benchmarks.ticket;

import dev.mooring.benchmarks.auth.Accounts;
import dev.mooring.benchmarks.auth.Login;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Logins in this JVM. Their threads stay until it is closed, as those of a server that keeps its threads do. */
final class JvmLayer implements Layer {

    private final Login login;
    private final CountDownLatch closed = new CountDownLatch(1);

    JvmLayer(Login login) {
        this.login = login;
    }

    @Override
    public int answer(int requests) throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(requests);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < requests; i++) {
            Thread thread = new Thread(() -> run(begin, answered, failed));
            thread.setDaemon(true);
            thread.start();
        }
        begin.countDown();
        answered.await();
        return failed.get();
    }

    private void run(CountDownLatch begin, CountDownLatch answered, AtomicInteger failed) {
        try {
            begin.await();
            if (!isRight()) {
                failed.incrementAndGet();
            }
            answered.countDown();
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRight() {
        try {
            return login.isRight(Accounts.anyName(TicketPlot.USERS), Accounts.PASSWORD);
        } catch (Exception e) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        closed.countDown();
        login.close();
    }
}
