package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicOptions;
import dev.mooring.error.TransactionManagementException;
import org.junit.jupiter.api.Test;

/** Blocks that must not be nested: Django's {@code DurableTests}. */
@EveryWorld
class DurableParityTest extends ParityContract {

    private static final AtomicOptions DURABLE = AtomicOptions.defaults().durable();
    private static final String ERROR =
            "`TransactionManagementException` in place of RuntimeError: all errors of the layer"
                    + " have one root (ADR 3)";

    @Test
    @Django("TX-36")
    void commits() {
        databases.atomic(DURABLE, () -> insert("Tintin"));

        assertThat(reporters()).containsExactly("Tintin");
    }

    @Test
    @Django("TX-37")
    void mayHoldOthers() {
        databases.atomic(DURABLE, () -> {
            insert("Tintin");
            databases.atomic(() -> insert("Haddock"));
        });

        assertThat(reporters()).containsExactly("Tintin", "Haddock");
    }

    @Test
    @Django(value = "TX-38", differs = ERROR)
    void mayNotHoldADurableOne() {
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(DURABLE, () -> databases.atomic(DURABLE, () -> insert("Tintin"))))
                .withMessageContaining("durable");

        assertThat(reporters()).isEmpty();
    }

    @Test
    @Django(value = "TX-39", differs = ERROR)
    void mayNotBeHeld() {
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(() -> databases.atomic(DURABLE, () -> insert("Tintin"))))
                .withMessageContaining("durable");

        assertThat(reporters()).isEmpty();
    }

    @Test
    @Django("TX-40")
    void mayFollowOneAnother() {
        databases.atomic(DURABLE, () -> insert("Tintin"));
        databases.atomic(DURABLE, () -> insert("Haddock"));

        assertThat(reporters()).containsExactly("Tintin", "Haddock");
    }
}
