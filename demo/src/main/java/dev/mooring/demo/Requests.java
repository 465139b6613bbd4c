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

    Outcome send(Progress progress) {
        long start = System.nanoTime();
        String stopped = null;
        try (RequestThreads threads = workload.threads().open(workload.concurrency())) {
            for (int sent = 0; sent < workload.requests() && stopped == null; sent++) {
                threads.execute(this::handle);
                progress.sent(sent + 1, tally);
                stopped = reasonToStop();
            }
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        return new Outcome(workload.requests(), tally.ok(), tally.failed(), tally.firstFailure(), stopped, duration);
    }

    private void handle() {
        try {
            if (logsIn()) {
                tally.countOk();
            } else {
                tally.countFailure("authenticate() returned no user");
            }
        } catch (RuntimeException e) {
            tally.countFailure(Messages.inFull(e));
        }
    }

    /** The boundaries run in every case, as they do in Django: with an unlimited age they close nothing. */
    private boolean logsIn() {
        try (UnitOfWork unit = databases.unitOfWork()) {
            return login.authenticate(authenticator);
        }
    }

    private @Nullable String reasonToStop() {
        if (tally.failed() >= MOST_FAILURES) {
            return MOST_FAILURES + " requests had failed";
        }
        if (Descriptors.nearlyExhausted(workload.concurrency() * DESCRIPTORS_A_REQUEST)) {
            return "this process had nearly used up its file descriptors (see ulimit -n)";
        }
        return null;
    }
}
