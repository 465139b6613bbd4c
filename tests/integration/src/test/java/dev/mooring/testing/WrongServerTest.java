package dev.mooring.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.engines.PostgresUnderTest;
import dev.mooring.error.ErrorKind;
import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.NetworkContract;
import dev.mooring.kit.contracts.OnBackend;
import dev.mooring.postgres.PostgresBackendProvider;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.ErrorVerdict;
import dev.mooring.spi.ForwardingErrorClassifier;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules about a network need a server, so that the backend that is wrong on purpose is PostgreSQL's. */
@DisplayName("The kit finds a backend that takes a lost connection for a mistake of the program")
class WrongServerTest {

    @Test
    @DisplayName("Those rules fail that a backend breaks, and the other one passes")
    void findsTheMistake() {
        assertThat(SampleRun.of(Blaming.class).failures().keySet().stream().map(rule -> rule.substring(0, 6)))
                .containsExactly("NET-01", "NET-02");
    }

    static final class Blaming extends NetworkContract implements OnBackend {
        @Override
        public BackendUnderTest backend() {
            return new PostgresUnderTest() {
                @Override
                public BackendProvider provider() {
                    return new BlamingProvider();
                }
            };
        }
    }

    private static final class BlamingProvider implements BackendProvider {
        private final BackendProvider postgres = new PostgresBackendProvider();

        @Override
        public String engine() {
            return postgres.engine();
        }

        @Override
        public Backend create(DatabaseSettings settings) {
            Backend backend = postgres.create(settings);
            return backend.toBuilder()
                    .errorClassifier(new ForwardingErrorClassifier(backend.errorClassifier()) {
                        @Override
                        public ErrorVerdict classify(SQLException error) {
                            ErrorVerdict verdict = super.classify(error);
                            return verdict.isBenign() || verdict.isRefusal()
                                    ? verdict
                                    : ErrorVerdict.connectionInvalid(ErrorKind.PROGRAMMING);
                        }
                    })
                    .build();
        }
    }
}
