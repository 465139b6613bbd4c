package dev.mooring.kit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mooring.Database;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.kit.ServerCount.Sessions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * What every test of a fault ends with: nothing is leased, no more is open than may be, no thread is left over, and the
 * next request is served. Make it before the fault, and verify it on the same thread once all work has ended.
 *
 * <pre>{@code
 * AfterCheck check = AfterCheck.of(databases).server("default", sessions);
 * ...
 * check.verify();
 * check.closeAndVerify();
 * }</pre>
 */
public final class AfterCheck {

    /** How the names of all threads begin that the layer starts. */
    private static final String THREADS = "mooring-";

    private final Databases databases;
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final Map<String, ServerCount> servers = new LinkedHashMap<>();
    private Duration patience = Duration.ofSeconds(10);

    private AfterCheck(Databases databases) {
        this.databases = requireNonNull(databases, "databases");
    }

    /** {@return a check of all aliases against how things are now} */
    public static AfterCheck of(Databases databases) {
        return new AfterCheck(databases);
    }

    /** Has the database behind {@code alias} asked what it sees. */
    public AfterCheck server(String alias, ServerCount count) {
        servers.put(requireNonNull(alias, "alias"), requireNonNull(count, "count"));
        return this;
    }

    /** Sets how long to wait for other threads to come to an end with it. The default is ten seconds. */
    public AfterCheck patience(Duration patience) {
        this.patience = requireNonNull(patience, "patience");
        return this;
    }

    /** Throws {@link AssertionError} if anything was left behind, or the next request fails. */
    public void verify() {
        for (String alias : databases.aliases()) {
            Database database = databases.using(alias);
            nothingIsLeased(database);
            noMoreIsOpenThanMayBe(database);
            theNextRequestIsServed(database);
            nothingIsLeased(database);
        }
    }

    /** Verifies, shuts down, and throws {@link AssertionError} if that left a connection or a thread. */
    public void closeAndVerify() {
        verify();
        databases.close();
        for (String alias : databases.aliases()) {
            Database database = databases.using(alias);
            eventually(
                    alias,
                    "connections open after the end",
                    () -> database.counts().open(),
                    0);
            server(alias, 0);
        }
        Eventually.passes(
                patience,
                () -> assertThat(leftThreads()).as("threads left after the end").isEmpty());
    }

    private void nothingIsLeased(Database database) {
        Eventually.passes(
                patience,
                () -> assertThat(database.holders())
                        .as("leases of database '%s'", database.alias())
                        .isEmpty());
        eventually(database.alias(), "waiting threads", () -> database.counts().waiting(), 0);
    }

    private void noMoreIsOpenThanMayBe(Database database) {
        int cap = database.settings().maxConnections().orElse(Integer.MAX_VALUE);
        eventually(database.alias(), "open connections", () -> database.counts().open(), cap);
        server(database.alias(), cap);
    }

    private void server(String alias, int cap) {
        ServerCount count = servers.get(alias);
        if (count != null) {
            Eventually.passes(patience, () -> {
                Sessions seen = count.now();
                atMost(alias, "open sessions, as the database sees it", seen.open(), cap);
                atMost(alias, "sessions idle in a transaction, as the database sees it", seen.inTransaction(), 0);
            });
        }
    }

    private void theNextRequestIsServed(Database database) {
        DatabaseWrapper wrapper = database.get();
        assertThatCode(() -> assertThat(wrapper.query("SELECT 1")).hasSize(1))
                .as("the next request on database '%s'", database.alias())
                .doesNotThrowAnyException();
        if (wrapper.connection() != null) {
            wrapper.close();
        }
    }

    private List<String> leftThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(THREADS) && !before.contains(thread))
                .map(Thread::getName)
                .toList();
    }

    private void eventually(String alias, String what, IntSupplier seen, int cap) {
        Eventually.passes(patience, () -> atMost(alias, what, seen.getAsInt(), cap));
    }

    private static void atMost(String alias, String what, int seen, int cap) {
        assertThat(seen).as("%s of database '%s'", what, alias).isLessThanOrEqualTo(cap);
    }
}
