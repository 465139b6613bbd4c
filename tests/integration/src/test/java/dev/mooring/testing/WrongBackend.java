package dev.mooring.testing;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.IsolationLevel;
import dev.mooring.error.ErrorKind;
import dev.mooring.schema.RelationInfo;
import dev.mooring.schema.TableChange;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Connector;
import dev.mooring.spi.Dialect;
import dev.mooring.spi.ErrorClassifier;
import dev.mooring.spi.ErrorVerdict;
import dev.mooring.spi.Feature;
import dev.mooring.spi.Features;
import dev.mooring.spi.ForwardingConnector;
import dev.mooring.spi.ForwardingDialect;
import dev.mooring.spi.ForwardingErrorClassifier;
import dev.mooring.spi.ForwardingIntrospector;
import dev.mooring.spi.ForwardingSchemaGenerator;
import dev.mooring.spi.ForwardingSessionRules;
import dev.mooring.spi.ForwardingTransactionControl;
import dev.mooring.spi.ForwardingValueCodec;
import dev.mooring.spi.Introspector;
import dev.mooring.spi.SchemaGenerator;
import dev.mooring.spi.SessionRules;
import dev.mooring.spi.SqlRunner;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import dev.mooring.spi.ValueCodec;
import dev.mooring.sqlite.SqliteBackendProvider;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SQLite's backend with one mistake, and the rules that it breaks by that. */
@SuppressWarnings("ImmutableEnumChecker")
enum WrongBackend implements BackendProvider {
    RIGHT(Set.of(), backend -> backend),

    COMMIT_ROLLS_BACK(
            Set.of(
                    "TRA-01", "TRA-03", "TRA-05", "TRA-06", "TRA-07", "TRA-09", "TRA-10", "TRA-11", "TRA-12", "TRA-14",
                    "TRA-15", "TRA-16"),
            backend -> transactions(backend, new ForwardingTransactionControl(backend.transactionControl()) {
                @Override
                public void commit(Connection connection) throws SQLException {
                    delegate().rollback(connection);
                }
            })),

    ROLLBACK_COMMITS(
            Set.of("TRA-02", "TRA-06", "TRA-08", "TRA-10", "TRA-11"),
            backend -> transactions(backend, new ForwardingTransactionControl(backend.transactionControl()) {
                @Override
                public void rollback(Connection connection) throws SQLException {
                    delegate().commit(connection);
                }
            })),

    TRANSACTIONS_ARE_IGNORED(
            Set.of("TRA-02", "TRA-03", "TRA-06", "TRA-08", "TRA-10", "TRA-11", "TRA-12", "TRA-13", "TRA-14", "TRA-15"),
            backend -> transactions(backend, new ForwardingTransactionControl(backend.transactionControl()) {
                @Override
                public void begin(Connection connection, boolean readOnly) {}

                @Override
                public void begin(Connection connection, boolean readOnly, IsolationLevel level) {}

                @Override
                public void commit(Connection connection) {}

                @Override
                public void rollback(Connection connection) {}

                @Override
                public TransactionStatus status(Connection connection) {
                    return TransactionStatus.UNKNOWN;
                }
            })),

    READ_ONLY_IS_IGNORED(
            Set.of("TRA-14", "TRA-15", "STR-05", "STR-06"),
            backend -> transactions(backend, new ForwardingTransactionControl(backend.transactionControl()) {
                @Override
                public void begin(Connection connection, boolean readOnly) throws SQLException {
                    delegate().begin(connection, false);
                }
            })),

    ROLLBACK_TO_A_SAVEPOINT_DOES_NOTHING(
            Set.of("TRA-05", "GEN-01"),
            backend -> transactions(backend, new ForwardingTransactionControl(backend.transactionControl()) {
                @Override
                public void rollbackToSavepoint(Connection connection, String id) {}
            })),

    RELEASE_UNDOES(
            Set.of("TRA-06", "TRA-15"),
            backend -> transactions(backend, new ForwardingTransactionControl(backend.transactionControl()) {
                @Override
                public void releaseSavepoint(Connection connection, String id) throws SQLException {
                    delegate().rollbackToSavepoint(connection, id);
                    delegate().releaseSavepoint(connection, id);
                }
            })),

    TRANSACTIONAL_DDL_IS_DENIED(
            Set.of("TRA-08"),
            backend -> backend.toBuilder()
                    .features(Features.of(Feature.SAVEPOINTS))
                    .build()),

    LOST_CONNECTIONS_ARE_BENIGN(
            Set.of("ERR-04", "ERR-05"),
            backend -> errors(backend, new ForwardingErrorClassifier(backend.errorClassifier()) {
                @Override
                public ErrorVerdict classify(SQLException error) {
                    ErrorVerdict verdict = delegate().classify(error);
                    return verdict.isBenign() ? verdict : ErrorVerdict.benign(verdict.kind());
                }
            })),

    UNCHECKED_EXCEPTIONS_ARE_BENIGN(
            Set.of("FLT-06"),
            backend -> errors(backend, new ForwardingErrorClassifier(backend.errorClassifier()) {
                @Override
                public boolean isSoundAfter(RuntimeException error) {
                    return true;
                }
            })),

    COMMIT_HIDES_ERRORS(
            Set.of("ERR-04", "FLT-01", "FLT-02", "FLT-03", "FLT-04", "FLT-05", "FLT-06", "FLT-07"),
            backend -> transactions(backend, new ForwardingTransactionControl(backend.transactionControl()) {
                @Override
                public void commit(Connection connection) {
                    try {
                        delegate().commit(connection);
                    } catch (SQLException | RuntimeException | Error e) {
                        LOG.debug("Could not commit", e);
                    }
                }
            })),

    CONFLICTS_ARE_OPERATIONAL(
            Set.of("TRA-12", "TRA-13"),
            backend -> errors(backend, new ForwardingErrorClassifier(backend.errorClassifier()) {
                @Override
                public ErrorVerdict classify(SQLException error) {
                    ErrorVerdict verdict = delegate().classify(error);
                    return verdict.kind() == ErrorKind.TRANSACTION_CONFLICT
                            ? ErrorVerdict.benign(ErrorKind.OPERATIONAL)
                            : verdict;
                }
            })),

    LOCKS_ARE_NOT_OPERATIONAL(
            Set.of("LCK-02"),
            backend -> errors(backend, new ForwardingErrorClassifier(backend.errorClassifier()) {
                @Override
                public ErrorVerdict classify(SQLException error) {
                    ErrorVerdict verdict = delegate().classify(error);
                    return verdict.isLocked() ? ErrorVerdict.benign(ErrorKind.PROGRAMMING) : verdict;
                }
            })),

    DUPLICATES_COST_THE_CONNECTION(
            Set.of("TRA-07", "ERR-01"),
            backend -> errors(backend, new ForwardingErrorClassifier(backend.errorClassifier()) {
                @Override
                public ErrorVerdict classify(SQLException error) {
                    ErrorVerdict verdict = delegate().classify(error);
                    return verdict.kind() == ErrorKind.INTEGRITY
                            ? ErrorVerdict.connectionInvalid(ErrorKind.INTEGRITY)
                            : verdict;
                }
            })),

    DUPLICATES_ROLL_BACK(
            Set.of("TRA-07", "ERR-08"),
            backend -> errors(backend, new ForwardingErrorClassifier(backend.errorClassifier()) {
                @Override
                public ErrorVerdict classify(SQLException error) {
                    ErrorVerdict verdict = delegate().classify(error);
                    return verdict.kind() == ErrorKind.INTEGRITY ? verdict.rolledBack() : verdict;
                }
            })),

    DUPLICATES_ARE_OPERATIONAL(
            Set.of("ERR-01", "ERR-06"),
            backend -> errors(backend, new ForwardingErrorClassifier(backend.errorClassifier()) {
                @Override
                public ErrorVerdict classify(SQLException error) {
                    ErrorVerdict verdict = delegate().classify(error);
                    return verdict.kind() == ErrorKind.INTEGRITY ? ErrorVerdict.benign(ErrorKind.OPERATIONAL) : verdict;
                }
            })),

    CLOSED_CONNECTIONS_ARE_USABLE(
            Set.of("ERR-07"),
            backend -> connector(backend, new ForwardingConnector(backend.connector()) {
                @Override
                public boolean isUsable(Connection connection, Duration timeout) {
                    return true;
                }
            })),

    EVERYTHING_LEAVES_THE_SESSION_ALONE(
            Set.of("SES-01", "SES-02"),
            backend -> sessions(backend, new ForwardingSessionRules(backend.sessionRules()) {
                @Override
                public boolean leavesSessionAlone(String sql) {
                    return true;
                }
            })),

    RESET_DOES_NOTHING(
            Set.of("SES-01", "SES-02"),
            backend -> sessions(backend, new ForwardingSessionRules(backend.sessionRules()) {
                @Override
                public boolean reset(Connection connection) {
                    return true;
                }
            })),

    NOTHING_LEAVES_THE_SESSION_ALONE(
            Set.of("SES-04"),
            backend -> sessions(backend, new ForwardingSessionRules(backend.sessionRules()) {
                @Override
                public boolean leavesSessionAlone(String sql) {
                    return false;
                }
            })),

    QUOTES_IN_NAMES_ARE_NOT_DOUBLED(
            Set.of("NMS-01"),
            backend -> dialect(backend, new ForwardingDialect(backend.dialect()) {
                @Override
                public String quoteName(String name) {
                    return '"' + name + '"';
                }
            })),

    TOO_MANY_PARAMETERS_ARE_ALLOWED(
            Set.of("CUR-08"),
            backend -> dialect(backend, new ForwardingDialect(backend.dialect()) {
                @Override
                public int maxParameters() {
                    return 300_000;
                }
            })),

    NOT_IN_IS_IN(
            Set.of("ROW-09", "ROW-12", "ROW-13"),
            backend -> dialect(backend, new ForwardingDialect(backend.dialect()) {
                @Override
                public String inList(boolean negated, int size) {
                    return delegate().inList(false, size);
                }
            })),

    ENUMS_ARE_IN_LOWER_CASE(
            Set.of("ROW-07"),
            backend -> values(backend, new ForwardingValueCodec(backend.valueCodec()) {
                @Override
                public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
                    Object bound =
                            value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value;
                    delegate().bind(statement, index, bound);
                }
            })),

    TEXTS_ARE_STRIPPED(
            Set.of("VAL-01"),
            backend -> values(backend, new ForwardingValueCodec(backend.valueCodec()) {
                @Override
                public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
                    Object bound = value instanceof String text ? text.strip() : value;
                    delegate().bind(statement, index, bound);
                }
            })),

    NULL_IS_ZERO(
            Set.of("EMP-06"),
            backend -> values(backend, new ForwardingValueCodec(backend.valueCodec()) {
                @Override
                public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
                    delegate().bind(statement, index, value == null ? 0 : value);
                }
            })),

    WORKING_CONNECTIONS_ARE_NOT_USABLE(
            Set.of("ERR-07"),
            backend -> connector(backend, new ForwardingConnector(backend.connector()) {
                @Override
                public boolean isUsable(Connection connection, Duration timeout) {
                    return false;
                }
            })),

    ROWS_THAT_REFER_TO_NOTHING_ARE_NOT_FOUND(
            Set.of("MIG-05", "SCH-05"),
            backend -> schema(backend, new ForwardingSchemaGenerator(backend.schemaGenerator()) {
                @Override
                public List<String> violations() {
                    return List.of();
                }
            })),

    REMOVED_COLUMNS_STAY(
            Set.of("SCH-02"),
            backend -> schema(backend, new ForwardingSchemaGenerator(backend.schemaGenerator()) {
                @Override
                public List<String> removeColumn(TableChange change, String column) {
                    return List.of();
                }
            })),

    FOREIGN_KEYS_ARE_NOT_READ(
            Set.of("SCH-01", "SCH-04"),
            backend -> introspector(backend, new ForwardingIntrospector(backend.introspector()) {
                @Override
                public List<RelationInfo> relations(SqlRunner sql, String table) {
                    return List.of();
                }
            })),

    VIEWS_ARE_TABLES(
            Set.of("NMS-02"),
            backend -> introspector(backend, new ForwardingIntrospector(backend.introspector()) {
                @Override
                public List<String> tableNames(SqlRunner sql, boolean includeViews) {
                    return delegate().tableNames(sql, true);
                }
            }));

    private static final Logger LOG = LoggerFactory.getLogger(WrongBackend.class);

    final Set<String> broken;
    private final UnaryOperator<Backend> mistake;

    WrongBackend(Set<String> broken, UnaryOperator<Backend> mistake) {
        this.broken = broken;
        this.mistake = mistake;
    }

    @Override
    public String engine() {
        return "sqlite3";
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        return mistake.apply(new SqliteBackendProvider().create(settings));
    }

    private static Backend transactions(Backend backend, TransactionControl changed) {
        return backend.toBuilder().transactionControl(changed).build();
    }

    private static Backend errors(Backend backend, ErrorClassifier changed) {
        return backend.toBuilder().errorClassifier(changed).build();
    }

    private static Backend connector(Backend backend, Connector changed) {
        return backend.toBuilder().connector(changed).build();
    }

    private static Backend sessions(Backend backend, SessionRules changed) {
        return backend.toBuilder().sessionRules(changed).build();
    }

    private static Backend dialect(Backend backend, Dialect changed) {
        return backend.toBuilder().dialect(changed).build();
    }

    private static Backend values(Backend backend, ValueCodec changed) {
        return backend.toBuilder().valueCodec(changed).build();
    }

    private static Backend schema(Backend backend, SchemaGenerator changed) {
        return backend.toBuilder().schemaGenerator(changed).build();
    }

    private static Backend introspector(Backend backend, Introspector changed) {
        return backend.toBuilder().introspector(changed).build();
    }
}
