package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules of one kind, on a real database. The display name of each test is the number and the sentence of its rule. Subclasses name
 * the backend and may add tests, whose names have no number.
 *
 * <p>A rule that is among {@link BackendUnderTest#gaps} is expected to fail.
 */
@ExtendWith(RuleExtension.class)
@SuppressWarnings("exports") // Nobody but JUnit has to see the extension.
public abstract class Contract implements OnBackend {

    @TempDir
    Path directory;

    /** Of the test that runs; closed after it. */
    protected Databases databases;

    /** For subclasses. */
    protected Contract() {}

    /** {@return settings of the database of the test that runs} To be overridden where a contract needs options. */
    protected DatabaseSettingsBuilder settings() {
        return backend().database(directory).toBuilder();
    }

    /** {@return databases with the backend under test, which the caller closes} */
    protected final Databases open(DatabaseSettings settings) {
        return Databases.builder().add(settings).backend(backend().provider()).build();
    }

    @BeforeEach
    final void openDatabases() {
        databases = open(settings().build());
    }

    /** No test may leave a connection leased. */
    @AfterEach
    final void closeDatabases() {
        try {
            assertThat(databases.using(DatabaseSettings.DEFAULT_ALIAS).counts().leased())
                    .isZero();
        } finally {
            databases.close();
        }
    }
}
