package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private final FakeSetup setup = new FakeSetup();

    record Refusing(int c1) {
        Refusing {
            if (c1 == 1) {
                throw new IllegalArgumentException("not one");
            }
        }
    }

    record Broken(int c1) {
        Broken {
            if (c1 == 1) {
                throw new NoClassDefFoundError("of the constructor's own");
            }
        }
    }

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void saysWhatAConstructorRefused() {
        Row row = setup.wrapper().query("SELECT 1").get(0);

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> row.to(Refusing.class))
                .withMessage("The constructor of Refusing refused a row: java.lang.IllegalArgumentException: not one")
                .withCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void letsAnErrorThrough() {
        Row row = setup.wrapper().query("SELECT 1").get(0);

        assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(() -> row.to(Broken.class));
        assertThat(setup.counts().leased()).isZero();
    }
}
