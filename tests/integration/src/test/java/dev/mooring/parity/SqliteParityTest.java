package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.IntegrityException;
import org.junit.jupiter.api.Test;

/** What Django tries on SQLite alone. */
@SqliteWorlds
class SqliteParityTest extends ParityContract {

    @Test
    @Django("TX-27")
    void goesOnOnceTheMarkIsTakenBack() {
        insert("Tintin");
        databases.atomic(() -> {
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> databases.transaction().markForRollbackOnError(() -> insert("Tintin")));
            databases.transaction().setRollback(false);
            insert("Haddock");
        });

        assertThat(reporters()).containsExactly("Tintin", "Haddock");
    }
}
