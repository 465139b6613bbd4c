package dev.mooring.mariadb;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Feature;
import dev.mooring.spi.Features;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/**
 * The engine {@code mariadb}, for MariaDB 10.6 and later.
 *
 * <p>Values are stored as Django stores them. Reading gives {@code Boolean} for {@code tinyint(1)}, {@code Integer} for the
 * other small numbers, {@code Instant} for {@code datetime} and {@code timestamp}, {@code LocalDate}, {@code LocalTime},
 * {@code UUID} for {@code uuid}, and text for JSON. Moments are kept to the microsecond in columns that have six digits for it,
 * as Django's have.
 */
public final class MariadbBackendProvider implements BackendProvider {

    /** Makes one; {@link java.util.ServiceLoader} does so by itself. */
    public MariadbBackendProvider() {}

    @Override
    public String engine() {
        return "mariadb";
    }

    /** Django has one backend for MariaDB and MySQL. A server of MySQL is refused when it is connected to. */
    @Override
    public Set<String> otherNames() {
        return Set.of("mysql", "django.db.backends.mysql");
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        MariadbOptions options = MariadbOptions.of(settings);
        ZoneId zone = settings.timeZone().orElse(ZoneOffset.UTC);
        MariadbSession session = MariadbSession.of(settings, options);
        MariadbConnector connector = new MariadbConnector(settings, options, session);
        MariadbDialect dialect = new MariadbDialect(options.sqlModes());
        return Backend.builder(engine())
                .connector(connector)
                .transactionControl(new MariadbTransactionControl(settings.commitTimeout()))
                .dialect(dialect)
                .valueCodec(new MariadbValueCodec(zone))
                .errorClassifier(new MariadbErrorClassifier())
                .sessionRules(new MariadbSessionRules(connector, dialect.syntax(), settings.commitTimeout()))
                .introspector(new MariadbIntrospector())
                .schemaGenerator(new MariadbSchemaGenerator(session, new MariadbColumns(zone)))
                .tableMaintenance(new MariadbTableMaintenance())
                .features(Features.of(Feature.SAVEPOINTS))
                .build();
    }
}
