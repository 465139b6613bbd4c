package dev.mooring.example;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.engines.PostgresUnderTest;
import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.CursorContract;
import dev.mooring.kit.contracts.EmptyParametersContract;
import dev.mooring.kit.contracts.ErrorContract;
import dev.mooring.kit.contracts.FaultContract;
import dev.mooring.kit.contracts.LockContract;
import dev.mooring.kit.contracts.MigrationContract;
import dev.mooring.kit.contracts.NamedParametersContract;
import dev.mooring.kit.contracts.NamesContract;
import dev.mooring.kit.contracts.NetworkContract;
import dev.mooring.kit.contracts.OnBackend;
import dev.mooring.kit.contracts.ProgramContract;
import dev.mooring.kit.contracts.RowsContract;
import dev.mooring.kit.contracts.SchemaContract;
import dev.mooring.kit.contracts.SessionContract;
import dev.mooring.kit.contracts.StreamContract;
import dev.mooring.kit.contracts.TransactionContract;
import dev.mooring.kit.contracts.ValuesContract;
import dev.mooring.postgres.PostgresBackendProvider;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Feature;
import dev.mooring.spi.Features;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** A backend that is nearly another one: the whole of it, and the kit on it. */
@DisplayName("PostgreSQL without savepoints")
class PostgresWithoutSavepointsTest {

    static final String ENGINE = "postgres-without-savepoints";

    static final class Provider implements BackendProvider {
        private final BackendProvider postgres = new PostgresBackendProvider();

        @Override
        public String engine() {
            return ENGINE;
        }

        @Override
        public Backend create(DatabaseSettings settings) {
            return postgres.create(settings).toBuilder()
                    .features(Features.of(Feature.TRANSACTIONAL_DDL))
                    .build();
        }
    }

    static final class UnderTest extends PostgresUnderTest {
        @Override
        public String name() {
            return "PostgreSQL without savepoints";
        }

        @Override
        public BackendProvider provider() {
            return new Provider();
        }

        @Override
        public DatabaseSettings emptyDatabase(Path directory) {
            return super.emptyDatabase(directory).toBuilder().engine(ENGINE).build();
        }

        @Override
        public DatabaseSettings database(Path directory) {
            return super.database(directory).toBuilder().engine(ENGINE).build();
        }
    }

    interface OnIt extends OnBackend {
        @Override
        default BackendUnderTest backend() {
            return new UnderTest();
        }
    }

    @Nested
    class EveryCall extends FaultContract implements OnIt {
        @Override
        protected int step() {
            return super.step() * 20;
        }
    }

    @Nested
    class Programs extends ProgramContract implements OnIt {
        @Override
        protected int programs() {
            return super.programs() / 5;
        }
    }

    @Nested
    class Transactions extends TransactionContract implements OnIt {}

    @Nested
    class Errors extends ErrorContract implements OnIt {}

    @Nested
    class Locks extends LockContract implements OnIt {}

    @Nested
    class Sessions extends SessionContract implements OnIt {}

    @Nested
    class Cursors extends CursorContract implements OnIt {}

    @Nested
    class Rows extends RowsContract implements OnIt {}

    @Nested
    class Streams extends StreamContract implements OnIt {}

    @Nested
    class NamedParameters extends NamedParametersContract implements OnIt {}

    @Nested
    class EmptyParameters extends EmptyParametersContract implements OnIt {}

    @Nested
    class Names extends NamesContract implements OnIt {}

    @Nested
    class Values extends ValuesContract implements OnIt {}

    @Nested
    class Migrations extends MigrationContract implements OnIt {}

    @Nested
    class Schemas extends SchemaContract implements OnIt {}

    @Nested
    class Networks extends NetworkContract implements OnIt {}
}
