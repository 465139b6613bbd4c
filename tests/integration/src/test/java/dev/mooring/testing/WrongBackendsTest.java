package dev.mooring.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.kit.contracts.CursorContract;
import dev.mooring.kit.contracts.EmptyParametersContract;
import dev.mooring.kit.contracts.ErrorContract;
import dev.mooring.kit.contracts.FaultContract;
import dev.mooring.kit.contracts.LockContract;
import dev.mooring.kit.contracts.MigrationContract;
import dev.mooring.kit.contracts.NamesContract;
import dev.mooring.kit.contracts.ProgramContract;
import dev.mooring.kit.contracts.RowsContract;
import dev.mooring.kit.contracts.SchemaContract;
import dev.mooring.kit.contracts.SessionContract;
import dev.mooring.kit.contracts.StreamContract;
import dev.mooring.kit.contracts.TransactionContract;
import dev.mooring.kit.contracts.ValuesContract;
import dev.mooring.testing.WrongUnderTest.OnWrong;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;

/** The kit is tested on backends with a mistake each: it has to find that, by the rule that it breaks and no other. */
@DisplayName("The kit finds the mistakes of backends")
class WrongBackendsTest {

    private static final Map<String, Class<?>> CONTRACTS = Map.ofEntries(
            Map.entry("FLT", EveryCall.class),
            Map.entry("GEN", Programs.class),
            Map.entry("TRA", Transactions.class),
            Map.entry("ERR", Errors.class),
            Map.entry("LCK", Locks.class),
            Map.entry("SES", Sessions.class),
            Map.entry("NMS", Names.class),
            Map.entry("CUR", Cursors.class),
            Map.entry("ROW", Rows.class),
            Map.entry("STR", Streams.class),
            Map.entry("EMP", EmptyParameters.class),
            Map.entry("VAL", Values.class),
            Map.entry("MIG", Migrations.class),
            Map.entry("SCH", Schemas.class));

    @ParameterizedTest
    @EnumSource
    @DisplayName("Those rules fail that a backend breaks, and all others pass")
    void findsTheMistake(WrongBackend wrong) {
        WrongUnderTest.use(wrong);
        TreeSet<String> failed = new TreeSet<>();
        contracts(wrong)
                .forEach(contract -> failed.addAll(SampleRun.of(contract)
                        .failuresBy(WrongBackendsTest::rule)
                        .keySet()));

        assertThat(failed).containsExactlyInAnyOrderElementsOf(wrong.broken);
    }

    /** {@return the number of the rule that the test stands for, or its class where that is no rule} */
    private static String rule(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod().getAnnotation(DisplayName.class))
                .map(name -> name.value().substring(0, 6))
                .orElse(test.getDisplayName());
    }

    /** {@return those with rules that the backend breaks, to save time; all but the longest for the one that breaks none} */
    private static Stream<Class<?>> contracts(WrongBackend wrong) {
        TreeSet<String> codes = new TreeSet<>(
                wrong.broken.stream().map(rule -> rule.substring(0, 3)).toList());
        if (codes.isEmpty()) {
            codes.addAll(CONTRACTS.keySet());
            codes.remove("FLT");
        }
        return codes.stream().map(CONTRACTS::get);
    }

    static final class EveryCall extends FaultContract implements OnWrong {}

    static final class Programs extends ProgramContract implements OnWrong {
        @Override
        protected int programs() {
            return 100;
        }
    }

    static final class Locks extends LockContract implements OnWrong {
        @Override
        protected DatabaseSettingsBuilder settings() {
            return super.settings().option("timeout", "0.5");
        }
    }

    static final class Transactions extends TransactionContract implements OnWrong {
        @Override
        protected DatabaseSettingsBuilder settings() {
            return super.settings().option("transaction_mode", "DEFERRED");
        }
    }

    static final class Errors extends ErrorContract implements OnWrong {}

    static final class Sessions extends SessionContract implements OnWrong {}

    static final class Names extends NamesContract implements OnWrong {}

    static final class Cursors extends CursorContract implements OnWrong {}

    static final class Rows extends RowsContract implements OnWrong {}

    static final class Streams extends StreamContract implements OnWrong {}

    static final class EmptyParameters extends EmptyParametersContract implements OnWrong {}

    static final class Values extends ValuesContract implements OnWrong {}

    static final class Migrations extends MigrationContract implements OnWrong {}

    static final class Schemas extends SchemaContract implements OnWrong {}
}
