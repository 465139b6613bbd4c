package dev.mooring.postgres;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Feature;
import dev.mooring.spi.Features;
import dev.mooring.spi.ServerVersion;
import java.time.ZoneOffset;
import java.util.Set;

/**
 * The engine {@code postgresql}.
 *
 * <p>Reading gives {@code Instant} for {@code timestamptz}, the other types of {@code java.time} for dates and times,
 * {@code Duration} for {@code interval} (a month counts 30 days, a year 365, as in psycopg), {@code List} for arrays,
 * and text for what Java has no counterpart for, JSON among it.
 */
public final class PostgresBackendProvider implements BackendProvider {

    /** Makes one; {@link java.util.ServiceLoader} does so by itself. */
    public PostgresBackendProvider() {}

    @Override
    public String engine() {
        return "postgresql";
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("postgres", "pgsql", "django.db.backends.postgresql", "django.db.backends.postgresql_psycopg2");
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        PostgresConnector connector = new PostgresConnector(settings);
        return Backend.builder(engine())
                .connector(connector)
                .transactionControl(new PostgresTransactionControl(settings.commitTimeout()))
                .dialect(new PostgresDialect())
                .valueCodec(new PostgresValueCodec(settings.timeZone().orElse(ZoneOffset.UTC)))
                .errorClassifier(new PostgresErrorClassifier())
                .sessionRules(new PostgresSessionRules(connector, settings.commitTimeout()))
                .introspector(new PostgresIntrospector())
                .schemaGenerator(new PostgresSchemaGenerator(PostgresSession.of(settings)))
                .tableMaintenance(new PostgresTableMaintenance())
                .features(Features.of(
                        Feature.SAVEPOINTS,
                        Feature.TRANSACTIONAL_DDL,
                        Feature.PARTIAL_INDEXES,
                        Feature.DEFERRED_FOREIGN_KEYS))
                .minimumVersion(new ServerVersion(12, 0))
                .build();
    }
}
