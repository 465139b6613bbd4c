package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.DatabasesBuilder;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DatabaseException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Health checks, without an age in the way. */
@EveryWorld
class HealthChecksParityTest extends ParityContract {

    private Probes probes;
    private boolean enabled = true;

    @Override
    DatabasesBuilder opening() {
        probes = new Probes(world);
        return super.opening().backend(probes);
    }

    /** Django's rule, once after each boundary, is one for connections that are held. */
    @Override
    DatabaseSettingsBuilder settings() {
        return super.settings().connMaxAgeUnlimited().connHealthChecks(enabled).healthCheckIdle(Duration.ZERO);
    }

    @Test
    @Django(
            value = "BW-16",
            underOperation =
                    "Each use is a hand-out, which probes what was unused for `healthCheckIdle`, and so each time if"
                            + " that is zero")
    void probeOnceAfterABoundary() {
        // A table was made, in two statements.
        assertProbes(0, 1);

        boundary();
        boundary();
        assertProbes(0, 0);
        query();
        query();
        assertProbes(1, 2);

        boundary();
        long opened = opened();
        probes.fail = true;
        query();
        probes.fail = false;
        query();
        assertProbes(1, 2);
        assertThat(opened()).isEqualTo(opened + 1);
    }

    @Test
    @Django(
            value = "BW-17",
            better =
                    "A connection that saw an error is sound, known from the error, or not used again: it is not asked",
            underOperation = "As in BW-16")
    void areNoMoreAfterAnError() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> databases.query("SELECT nonsense FROM nobody"));
        probes.count = 0;

        boundary();
        assertProbes(0, 0);
        query();
        query();
        assertProbes(1, 2);
    }

    @Test
    @Django("BW-18")
    void areNoneWhenSwitchedOff() {
        reopen(false);
        long opened = opened();

        boundary();
        query();
        boundary();
        query();

        assertThat(probes.count).isZero();
        assertThat(opened()).isEqualTo(opened);
    }

    @Test
    @Django("BW-19")
    void comeBeforeATransaction() {
        probes.count = 0;
        boundary();
        long opened = opened();
        probes.fail = true;

        databases.atomic(() -> {
            probes.fail = false;
            query();
            query();
        });

        assertThat(probes.count).isEqualTo(1);
        assertThat(opened()).isEqualTo(opened + 1);
    }

    private void reopen(boolean enabled) {
        databases.closeAll();
        databases.close();
        this.enabled = enabled;
        databases = opening().build();
        query();
    }

    private void boundary() {
        databases.closeOldConnections();
    }

    private void query() {
        assertThat(databases.query("SELECT 1 AS one")).hasSize(1);
    }

    private long opened() {
        return databases.using("default").counts().opened();
    }

    /** Since it was last asked. */
    private void assertProbes(int underThread, int underOperation) {
        int counted = probes.count;
        probes.count = 0;
        assertThat(counted).isEqualTo(world.isThread() ? underThread : underOperation);
    }
}
