package dev.mooring.example.h2;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Dialect;
import dev.mooring.spi.Feature;
import dev.mooring.spi.Features;
import dev.mooring.spi.ServerVersion;
import dev.mooring.spi.SqlSyntax;
import java.util.Set;

/** The engine {@code h2}: a database in a file of its own, opened by this process. */
public final class H2BackendProvider implements BackendProvider {

    static final SqlSyntax SYNTAX = SqlSyntax.of(SqlSyntax.Rule.NESTED_COMMENTS, SqlSyntax.Rule.DOLLAR_QUOTES);

    @Override
    public String engine() {
        return "h2";
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("h2database");
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        if (settings.name().isEmpty() || settings.name().contains(";")) {
            throw new ImproperlyConfiguredException(
                    "Setting 'name' of database '%s' is no path of an H2 file; name one without a semicolon"
                            .formatted(settings.alias()));
        }
        return Backend.builder(engine())
                .connector(new H2Connector(settings))
                .transactionControl(new H2TransactionControl())
                .dialect(new H2Dialect())
                .valueCodec(new H2ValueCodec())
                .errorClassifier(new H2ErrorClassifier())
                .sessionRules(new H2SessionRules())
                .introspector(new H2Introspector())
                .features(Features.of(Feature.SAVEPOINTS))
                .minimumVersion(new ServerVersion(2, 2))
                .build();
    }

    /** Double quotes, as in the standard. */
    private static final class H2Dialect implements Dialect {

        @Override
        public SqlSyntax syntax() {
            return SYNTAX;
        }
    }
}
