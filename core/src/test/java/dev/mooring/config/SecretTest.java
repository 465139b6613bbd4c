package dev.mooring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.OperationalException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void asksItsSupplierEachTime() {
        Iterator<String> passwords = List.of("one", "two").iterator();
        Secret secret = Secret.from(passwords::next);

        assertThat(secret.reveal()).isEqualTo("one");
        assertThat(secret.reveal()).isEqualTo("two");
        assertThat(secret.isFixed()).isFalse();
        assertThat(secret.isEmpty()).isFalse();
        assertThat(secret).hasToString("***");
    }

    @Test
    void namesTheDatabaseWhoseSupplierFailedAndNotWhatItSaid() {
        DatabaseSettings settings = DatabaseSettings.builder("orders")
                .engine("postgresql")
                .password(() -> {
                    throw new IllegalStateException("cannot read 'canary'");
                })
                .build();
        DatabaseSettings copy = settings.toBuilder().alias("copy").build();

        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(settings.password()::reveal)
                .withMessage("The supplier of the password of database 'orders' threw java.lang.IllegalStateException")
                .withCauseInstanceOf(IllegalStateException.class);
        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(copy.password()::reveal)
                .withMessageStartingWith("The supplier of the password of database 'copy' threw");
    }

    @Test
    void isFixedIfItIsATextAndNotAskedForAgain() {
        assertThat(Secret.of("x").isFixed()).isTrue();
        assertThat(Secret.of("").isEmpty()).isTrue();
        assertThat(Secret.of("x").reveal()).isEqualTo("x");
    }
}
