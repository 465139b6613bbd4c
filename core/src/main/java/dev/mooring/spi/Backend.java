package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database product as the layer sees it: a value made of parts, each making one decision.
 *
 * <p>"Nearly PostgreSQL" is {@code provider.create(settings).toBuilder().introspector(mine).build()}. Immutable; its
 * parts are used from any thread.
 */
public final class Backend {

    private final String engine;
    private final Connector connector;
    private final TransactionControl transactionControl;
    private final Dialect dialect;
    private final ValueCodec valueCodec;
    private final ErrorClassifier errorClassifier;
    private final SessionRules sessionRules;
    private final Introspector introspector;
    private final SchemaGenerator schemaGenerator;
    private final TableMaintenance tableMaintenance;
    private final Features features;
    private final @Nullable ServerVersion minimumVersion;

    private Backend(Builder parts) {
        this.engine = parts.engine;
        this.connector = requireNonNull(parts.connector, "connector");
        this.transactionControl = parts.transactionControl;
        this.dialect = parts.dialect;
        this.valueCodec = parts.valueCodec;
        this.errorClassifier = parts.errorClassifier;
        this.sessionRules = requireNonNull(parts.sessionRules, "sessionRules");
        this.introspector = requireNonNull(parts.introspector, "introspector");
        this.schemaGenerator = parts.schemaGenerator;
        this.tableMaintenance = parts.tableMaintenance;
        this.features = parts.features;
        this.minimumVersion = parts.minimumVersion;
    }

    /** {@return a builder with the standard parts; a connector, an introspector and session rules are still needed} */
    public static Builder builder(String engine) {
        return new Builder(engine);
    }

    /** {@return a builder that starts from these parts} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@return the name of the product, in messages} */
    public String engine() {
        return engine;
    }

    /** {@return the part that opens connections} */
    public Connector connector() {
        return connector;
    }

    /** {@return the part that begins and ends transactions} */
    public TransactionControl transactionControl() {
        return transactionControl;
    }

    /** {@return the part that spells} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return the part that carries values} */
    public ValueCodec valueCodec() {
        return valueCodec;
    }

    /** {@return the part that understands errors} */
    public ErrorClassifier errorClassifier() {
        return errorClassifier;
    }

    /** {@return the part that knows what a session remembers} */
    public SessionRules sessionRules() {
        return sessionRules;
    }

    /** {@return the part that reads the catalogue} */
    public Introspector introspector() {
        return introspector;
    }

    /** {@return the part that writes schema statements} */
    public SchemaGenerator schemaGenerator() {
        return schemaGenerator;
    }

    /** {@return the part that empties tables, numbers their rows and checks them} */
    public TableMaintenance tableMaintenance() {
        return tableMaintenance;
    }

    /** {@return what the database can do} */
    public Features features() {
        return features;
    }

    /** {@return the oldest version of the server that will do; empty if any will} */
    public Optional<ServerVersion> minimumVersion() {
        return Optional.ofNullable(minimumVersion);
    }

    /** Puts a backend together. For one thread; every setter returns the builder. */
    public static final class Builder {

        private final String engine;
        private @Nullable Connector connector;
        private TransactionControl transactionControl = TransactionControl.jdbc();
        private Dialect dialect = Dialect.standard();
        private ValueCodec valueCodec = ValueCodec.standard();
        private ErrorClassifier errorClassifier = ErrorClassifier.bySqlState();
        private @Nullable SessionRules sessionRules;
        private @Nullable Introspector introspector;
        private SchemaGenerator schemaGenerator = SchemaGenerator.none();
        private TableMaintenance tableMaintenance = TableMaintenance.none();
        private Features features = Features.of();
        private @Nullable ServerVersion minimumVersion;

        private Builder(String engine) {
            this.engine = requireNonNull(engine, "engine");
        }

        private Builder(Backend from) {
            this.engine = from.engine;
            this.connector = from.connector;
            this.transactionControl = from.transactionControl;
            this.dialect = from.dialect;
            this.valueCodec = from.valueCodec;
            this.errorClassifier = from.errorClassifier;
            this.sessionRules = from.sessionRules;
            this.introspector = from.introspector;
            this.schemaGenerator = from.schemaGenerator;
            this.tableMaintenance = from.tableMaintenance;
            this.features = from.features;
            this.minimumVersion = from.minimumVersion;
        }

        /** Sets the part that opens connections. */
        public Builder connector(Connector connector) {
            this.connector = requireNonNull(connector, "connector");
            return this;
        }

        /** Sets the part that begins and ends transactions. The default is {@link TransactionControl#jdbc()}. */
        public Builder transactionControl(TransactionControl transactionControl) {
            this.transactionControl = requireNonNull(transactionControl, "transactionControl");
            return this;
        }

        /** Sets the part that spells. The default is {@link Dialect#standard()}. */
        public Builder dialect(Dialect dialect) {
            this.dialect = requireNonNull(dialect, "dialect");
            return this;
        }

        /** Sets the part that carries values. The default is {@link ValueCodec#standard()}. */
        public Builder valueCodec(ValueCodec valueCodec) {
            this.valueCodec = requireNonNull(valueCodec, "valueCodec");
            return this;
        }

        /** Sets the part that understands errors. The default is {@link ErrorClassifier#bySqlState()}. */
        public Builder errorClassifier(ErrorClassifier errorClassifier) {
            this.errorClassifier = requireNonNull(errorClassifier, "errorClassifier");
            return this;
        }

        /** Sets the part that knows what a session remembers. */
        public Builder sessionRules(SessionRules sessionRules) {
            this.sessionRules = requireNonNull(sessionRules, "sessionRules");
            return this;
        }

        /** Sets the part that reads the catalogue. */
        public Builder introspector(Introspector introspector) {
            this.introspector = requireNonNull(introspector, "introspector");
            return this;
        }

        /** Sets the part that writes schema statements. The default is {@link SchemaGenerator#none()}. */
        public Builder schemaGenerator(SchemaGenerator schemaGenerator) {
            this.schemaGenerator = requireNonNull(schemaGenerator, "schemaGenerator");
            return this;
        }

        /** Sets the part that empties tables, numbers their rows and checks them. The default is {@link TableMaintenance#none()}. */
        public Builder tableMaintenance(TableMaintenance tableMaintenance) {
            this.tableMaintenance = requireNonNull(tableMaintenance, "tableMaintenance");
            return this;
        }

        /** Sets what the database can do. The default is nothing. */
        public Builder features(Features features) {
            this.features = requireNonNull(features, "features");
            return this;
        }

        /**
         * Sets the oldest version of the server that will do; connections to an older one are refused. The default is any.
         */
        public Builder minimumVersion(ServerVersion minimumVersion) {
            this.minimumVersion = requireNonNull(minimumVersion, "minimumVersion");
            return this;
        }

        /**
         * {@return the backend}
         *
         * @throws NullPointerException if a part without a standard is missing; the message names it
         */
        public Backend build() {
            return new Backend(this);
        }
    }
}
