package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import dev.mooring.auth.Authenticator;
import dev.mooring.demo.text.Messages;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends the requests of one run: each is a unit of work on a thread of the chosen kind and logs in once. */
final class Requests {

    /** More failures would show nothing new. */
    static final int MOST_FAILURES = 50;
    /** What one request may open: a database file, its log, and their like. */
    private static final int DESCRIPTORS_A_REQUEST = 4;

    private final Workload workload;
    private final Databases databases;
    private final Login login;
    private final Authenticator authenticator;
    private final Tally tally = new Tally();

    Requests(Workload workload, Databases databases, Login login) {
        this.workload = workload;
        this.databases = databases;
        this.login = login;
        this.authenticator = login.authenticator(databases);
    }

    Outcome send(RunObserver observer) {
        try (RequestThreads threads = workload.threads().open(workload.concurrency())) {
            return send(threads, observer);
        }
    }

    /** As above, on threads that are kept. */
    Outcome send(RequestThreads threads, RunObserver observer) {
        long start = System.nanoTime();
        String stopped = null;
        for (int sent = 1; sent <= workload.requests() && stopped == null; sent++) {
            int number = sent;
            threads.execute(() -> handle(number, observer));
            observer.sent(sent, tally);
            stopped = reasonToStop(observer);
        }
        threads.awaitAll();
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        return new Outcome(workload.requests(), tally.ok(), tally.failed(), tally.firstFailure(), stopped, duration);
    }

    private void handle(int number, RunObserver observer) {
        long start = System.nanoTime();
        String failure = failure();
        if (failure == null) {
            tally.countOk();
        } else {
            tally.countFailure(failure);
        }
        observer.answered(number, failure, Duration.ofNanos(System.nanoTime() - start));
    }

    private @Nullable String failure() {
        try {
            return logsIn() ? null : "authenticate() returned no user";
        } catch (RuntimeException e) {
            return Messages.inFull(e);
        }
    }

    /** The boundaries run in every case, as they do in Django: with an unlimited age they close nothing. */
    private boolean logsIn() {
        try (UnitOfWork unit = databases.unitOfWork()) {
            return login.authenticate(authenticator);
        }
    }

    private @Nullable String reasonToStop(RunObserver observer) {
        if (tally.failed() >= MOST_FAILURES) {
            return MOST_FAILURES + " requests had failed";
        }
        if (Descriptors.nearlyExhausted(workload.concurrency() * DESCRIPTORS_A_REQUEST)) {
            return "this process had nearly used up its file descriptors (see ulimit -n)";
        }
        return observer.reasonToStop();
    }
}
