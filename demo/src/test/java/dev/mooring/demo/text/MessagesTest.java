package dev.mooring.demo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private final Exception failure = new IllegalStateException(
            "cannot connect: refused", new IllegalArgumentException("refused", new IOException("db.example")));

    @Test
    void chainSaysEachThingOnce() {
        assertThat(Messages.chain(failure)).isEqualTo("cannot connect: refused: IOException: db.example");
    }

    @Test
    void inFullKeepsEveryCause() {
        assertThat(Messages.inFull(failure))
                .isEqualTo("IllegalStateException: cannot connect: refused; "
                        + "caused by IllegalArgumentException: refused; caused by IOException: db.example");
    }

    @Test
    void inFullEndsWhereCausesGoInACircle() {
        Exception first = new Exception("first");
        first.initCause(new Exception("second", first));

        assertThat(Messages.inFull(first)).startsWith("Exception: first; caused by Exception: second");
    }
}
