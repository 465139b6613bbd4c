package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.AtomicOptions;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.CommitOutcome;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.ErrorKind;
import dev.mooring.kit.Eventually;
import dev.mooring.kit.FaultyProxy;
import dev.mooring.transactions.TestDatabases;
import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real commits whose answers are lost, and what the server says of them afterwards. */
@Tag("threads")
@Timeout(60)
class LostCommitTest {

    private static final AtomicOptions RESOLVABLE = AtomicOptions.defaults().resolvable();

    private FaultyProxy proxy;
    private Databases databases;
    private Databases direct;

    @BeforeEach
    void open() throws IOException {
        proxy = new FaultyProxy(TestDatabases.server().getPort());
        databases = Databases.of(settings().port(proxy.port()).build());
        direct = Databases.of(settings().build());
        direct.execute("DROP TABLE IF EXISTS item");
        direct.execute("CREATE TABLE item (id integer)");
    }

    @AfterEach
    void close() throws IOException {
        proxy.heal();
        databases.close();
        direct.close();
        proxy.close();
    }

    @Test
    void isFoundToBeCommitted() {
        proxy.on("COMMIT", proxy::stallAnswers);

        CommitOutcomeUnknownException lost = lose(RESOLVABLE);

        // The server may be at it still when the driver gives up.
        Eventually.passes(() -> assertThat(direct.outcome(lost)).isEqualTo(CommitOutcome.COMMITTED));
        assertThat(direct.query("SELECT id FROM item")).hasSize(1);
        assertThat(lost.getMessage())
                .contains("transaction " + lost.transaction().orElseThrow() + " is");
    }

    @Test
    void isFoundToBeRolledBack() {
        proxy.on("COMMIT", proxy::reset);

        CommitOutcomeUnknownException lost = lose(RESOLVABLE);

        Eventually.passes(() -> assertThat(direct.outcome(lost)).isEqualTo(CommitOutcome.ROLLED_BACK));
        assertThat(direct.query("SELECT id FROM item")).isEmpty();
    }

    @Test
    void isFoundToBeInProgressAsLongAsItIs() {
        proxy.on("COMMIT", proxy::stall);

        CommitOutcomeUnknownException lost = lose(RESOLVABLE);

        assertThat(direct.outcome(lost)).isEqualTo(CommitOutcome.IN_PROGRESS);
        assertThat(direct.query(
                        "SELECT state FROM pg_stat_activity WHERE pid = %s",
                        Integer.parseInt(lost.session().orElseThrow())))
                .extracting(row -> row.get(0))
                .containsExactly("idle in transaction");
        proxy.reset();
        proxy.heal();
        Eventually.passes(() -> assertThat(direct.outcome(lost)).isEqualTo(CommitOutcome.ROLLED_BACK));
    }

    @Test
    void staysUnknownIfNobodyAskedForItsName() {
        proxy.on("COMMIT", proxy::reset);

        CommitOutcomeUnknownException lost = lose(AtomicOptions.defaults());

        assertThat(lost.alias()).contains("default");
        assertThat(lost.transaction()).isEmpty();
        assertThat(direct.outcome(lost)).isEqualTo(CommitOutcome.UNKNOWN);
    }

    @Test
    void staysUnknownToAServerThatHasNotComeToIt() {
        CommitOutcomeUnknownException others =
                ErrorKind.commitOutcomeUnknown("of another server", null, "default", "99999999", "1");

        assertThat(direct.outcome(others)).isEqualTo(CommitOutcome.UNKNOWN);
    }

    private CommitOutcomeUnknownException lose(AtomicOptions options) {
        return Assertions.catchThrowableOfType(
                CommitOutcomeUnknownException.class,
                () -> databases.atomic(options, () -> databases.execute("INSERT INTO item VALUES (1)")));
    }

    private static DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres().commitTimeout(Duration.ofMillis(500));
    }
}
