package dev.mooring.sqlite;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Feature;
import dev.mooring.spi.Features;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/**
 * The engine {@code sqlite3}.
 *
 * <p>Values are stored as Django stores them. Reading goes by a column's declared type: {@code Instant} for
 * {@code datetime} and {@code timestamp}, {@code LocalDate}, {@code LocalTime}, {@code BigDecimal} for {@code decimal},
 * {@code Boolean} for {@code bool}; everything else, and whatever has no declared type, is {@code Long}, {@code Double},
 * {@code String} or {@code byte[]}, as stored. Moments are kept to the microsecond.
 */
public final class SqliteBackendProvider implements BackendProvider {

    /** Makes one; {@link java.util.ServiceLoader} does so by itself. */
    public SqliteBackendProvider() {}

    @Override
    public String engine() {
        return "sqlite3";
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("sqlite", "django.db.backends.sqlite3");
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        refuseHost(settings);
        SqliteOptions options = SqliteOptions.of(settings);
        ZoneId zone = settings.timeZone().orElse(ZoneOffset.UTC);
        SqliteValueCodec codec = new SqliteValueCodec(zone);
        SqliteConnector connector = new SqliteConnector(settings, options);
        return Backend.builder(engine())
                .connector(connector)
                .transactionControl(new SqliteTransactionControl(options.transactionMode()))
                .dialect(new SqliteDialect())
                .valueCodec(codec)
                .errorClassifier(new SqliteErrorClassifier())
                .sessionRules(new SqliteSessionRules(connector))
                .introspector(new SqliteIntrospector())
                .schemaGenerator(new SqliteSchemaGenerator(new SqliteColumns(codec)))
                .tableMaintenance(new SqliteTableMaintenance())
                .features(Features.of(
                        Feature.SAVEPOINTS,
                        Feature.TRANSACTIONAL_DDL,
                        Feature.PARTIAL_INDEXES,
                        Feature.DEFERRED_FOREIGN_KEYS,
                        Feature.NAMES_IGNORE_CASE))
                .build();
    }

    /** In {@code sqlite://shop.db} the file's name stands where a host does. */
    private static void refuseHost(DatabaseSettings settings) {
        if (!settings.host().isEmpty()) {
            throw new ImproperlyConfiguredException(
                    ("Setting 'host' of database '%s' was '%s', but SQLite has no server; the URL of a file has three slashes, "
                                    + "and a fourth if its path is absolute: sqlite:///shop.db, sqlite:////srv/shop.db")
                            .formatted(settings.alias(), settings.host()));
        }
    }
}
