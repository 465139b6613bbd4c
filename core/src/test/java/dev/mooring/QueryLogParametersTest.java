package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which parameters the log of queries shows. */
class QueryLogParametersTest {

    private final FakeSetup setup = new FakeSetup();

    @AfterEach
    void close() {
        assertThat(setup.counts().leased()).isZero();
        setup.close();
    }

    @Test
    void hidesParameters() {
        assertThat(parametersOf("UPDATE a SET b = %s", "secret")).isEmpty();
    }

    @Test
    void showsParametersIfTold() {
        setup.with(settings -> settings.logParameters(true));

        assertThat(parametersOf("UPDATE a SET b = %s, c = %s", "open", 1)).hasToString("[open, 1]");
        assertThat(parametersOf("UPDATE a SET b = %(x)s", Map.of("x", 1))).hasToString("[{x=1}]");
    }

    @Test
    void showsWhatTheRedactorLeft() {
        setup.with(settings -> settings.logParameters(true));
        setup.builder.parameterRedactor((sql, parameters) -> parameters.stream()
                .map(parameter -> parameter instanceof String ? "***" : parameter)
                .toList());

        assertThat(parametersOf("UPDATE a SET b = %s, c = %s", "secret", 1)).hasToString("[***, 1]");
    }

    @Test
    void hidesParametersIfTheRedactorFails() {
        setup.with(settings -> settings.logParameters(true));
        setup.builder.parameterRedactor((sql, parameters) -> {
            throw new IllegalStateException("no idea");
        });

        assertThat(parametersOf("UPDATE a SET b = %s", "secret")).isEmpty();
        assertThat(setup.database.closed).hasValue(0);
    }

    @Test
    void failsNoStatementIfTheStackIsFullInTheRedactor() {
        setup.with(settings -> settings.logParameters(true));
        setup.builder.parameterRedactor((sql, parameters) -> {
            throw new StackOverflowError();
        });

        assertThat(parametersOf("UPDATE a SET b = %s", "secret")).isEmpty();
        assertThat(setup.database.closed).hasValue(0);
    }

    @Test
    void showsParametersAsTheyWereWhenTheStatementRan() {
        setup.with(settings -> settings.logParameters(true));
        Object[] parameters = {"then"};

        try (CapturedQueries captured = setup.wrapper().captureQueries()) {
            setup.wrapper().execute("UPDATE a SET b = %s", parameters);
            parameters[0] = "later";

            assertThat(captured.queries().get(0).parameters()).hasToString("[then]");
        }
    }

    private List<?> parametersOf(String sql, Object... parameters) {
        try (CapturedQueries captured = setup.wrapper().captureQueries()) {
            setup.wrapper().execute(sql, parameters);
            return captured.queries().get(0).parameters();
        }
    }
}
