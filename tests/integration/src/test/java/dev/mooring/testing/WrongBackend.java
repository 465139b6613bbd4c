package dev.mooring.testing;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.IsolationLevel;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Connector;
import dev.mooring.spi.Dialect;
import dev.mooring.spi.ErrorClassifier;
import dev.mooring.spi.ErrorVerdict;
import dev.mooring.spi.Feature;
import dev.mooring.spi.Features;
import dev.mooring.spi.Introspector;
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

/** SQLite's backend with one mistake, and the rules that it breaks by that. */
@SuppressWarnings({"ImmutableEnumChecker", "UnusedMethod", "UnusedVariable"
}) // Forwarding calls the methods of the anonymous classes.
enum WrongBackend implements BackendProvider {
    RIGHT(Set.of(), backend -> backend),

    COMMIT_ROLLS_BACK(
            Set.of(
                    "TRA-01", "TRA-03", "TRA-05", "TRA-06", "TRA-07", "TRA-09", "TRA-10", "TRA-11", "TRA-12", "TRA-14",
                    "TRA-15", "TRA-16"),
            backend -> transactions(backend, new Object() {
                void commit(Connection connection) throws SQLException {
                    backend.transactionControl().rollback(connection);
                }
            })),

    ROLLBACK_COMMITS(
            Set.of("TRA-02", "TRA-06", "TRA-08", "TRA-10", "TRA-11"),
            backend -> transactions(backend, new Object() {
                void rollback(Connection connection) throws SQLException {
                    backend.transactionControl().commit(connection);
                }
            })),

    TRANSACTIONS_ARE_IGNORED(
            Set.of("TRA-02", "TRA-03", "TRA-06", "TRA-08", "TRA-10", "TRA-11", "TRA-12", "TRA-13", "TRA-14", "TRA-15"),
            backend -> transactions(backend, new Object() {
                void begin(Connection connection, boolean readOnly) {}

                void begin(Connection connection, boolean readOnly, IsolationLevel level) {}

                void commit(Connection connection) {}

                void rollback(Connection connection) {}

                TransactionStatus status(Connection connection) {
                    return TransactionStatus.UNKNOWN;
                }
            })),

    READ_ONLY_IS_IGNORED(
            Set.of("TRA-14", "TRA-15", "STR-05", "STR-06"),
            backend -> transactions(backend, new Object() {
                void begin(Connection connection, boolean readOnly) throws SQLException {
                    backend.transactionControl().begin(connection, false);
                }
            })),

    ROLLBACK_TO_A_SAVEPOINT_DOES_NOTHING(
            Set.of("TRA-05"),
            backend -> transactions(backend, new Object() {
                void rollbackToSavepoint(Connection connection, String id) {}
            })),

    RELEASE_UNDOES(
            Set.of("TRA-06", "TRA-15"),
            backend -> transactions(backend, new Object() {
                void releaseSavepoint(Connection connection, String id) throws SQLException {
                    backend.transactionControl().rollbackToSavepoint(connection, id);
                    backend.transactionControl().releaseSavepoint(connection, id);
                }
            })),

    TRANSACTIONAL_DDL_IS_DENIED(
            Set.of("TRA-08"),
            backend -> backend.toBuilder()
                    .features(Features.of(Feature.SAVEPOINTS))
                    .build()),

    LOST_CONNECTIONS_ARE_BENIGN(
            Set.of("ERR-04", "ERR-05"),
            backend -> errors(backend, new Object() {
                ErrorVerdict classify(SQLException error) {
                    ErrorVerdict verdict = backend.errorClassifier().classify(error);
                    return verdict.isBenign() ? verdict : ErrorVerdict.benign(verdict.kind());
                }
            })),

    DUPLICATES_COST_THE_CONNECTION(
            Set.of("TRA-07", "ERR-01"),
            backend -> errors(backend, new Object() {
                ErrorVerdict classify(SQLException error) {
                    ErrorVerdict verdict = backend.errorClassifier().classify(error);
                    return verdict.kind() == ErrorKind.INTEGRITY
                            ? ErrorVerdict.connectionInvalid(ErrorKind.INTEGRITY)
                            : verdict;
                }
            })),

    DUPLICATES_ARE_OPERATIONAL(
            Set.of("ERR-01", "ERR-06"),
            backend -> errors(backend, new Object() {
                ErrorVerdict classify(SQLException error) {
                    ErrorVerdict verdict = backend.errorClassifier().classify(error);
                    return verdict.kind() == ErrorKind.INTEGRITY ? ErrorVerdict.benign(ErrorKind.OPERATIONAL) : verdict;
                }
            })),

    CLOSED_CONNECTIONS_ARE_USABLE(
            Set.of("ERR-07"),
            backend -> connector(backend, new Object() {
                boolean isUsable(Connection connection, Duration timeout) {
                    return true;
                }
            })),

    EVERYTHING_LEAVES_THE_SESSION_ALONE(
            Set.of("SES-01", "SES-02"),
            backend -> sessions(backend, new Object() {
                boolean leavesSessionAlone(String sql) {
                    return true;
                }
            })),

    RESET_DOES_NOTHING(
            Set.of("SES-01", "SES-02"),
            backend -> sessions(backend, new Object() {
                boolean reset(Connection connection) {
                    return true;
                }
            })),

    NOTHING_LEAVES_THE_SESSION_ALONE(
            Set.of("SES-04"),
            backend -> sessions(backend, new Object() {
                boolean leavesSessionAlone(String sql) {
                    return false;
                }
            })),

    QUOTES_IN_NAMES_ARE_NOT_DOUBLED(
            Set.of("NMS-01"),
            backend -> dialect(backend, new Object() {
                String quoteName(String name) {
                    return '"' + name + '"';
                }
            })),

    TOO_MANY_PARAMETERS_ARE_ALLOWED(
            Set.of("CUR-08"),
            backend -> dialect(backend, new Object() {
                int maxParameters() {
                    return 300_000;
                }
            })),

    NOT_IN_IS_IN(
            Set.of("ROW-09", "ROW-12", "ROW-13"),
            backend -> dialect(backend, new Object() {
                String inList(boolean negated, int size) {
                    return backend.dialect().inList(false, size);
                }
            })),

    ENUMS_ARE_IN_LOWER_CASE(
            Set.of("ROW-07"),
            backend -> backend.toBuilder()
                    .valueCodec(Forwarding.of(ValueCodec.class, backend.valueCodec(), new Object() {
                        void bind(PreparedStatement statement, int index, Object value) throws SQLException {
                            Object bound = value instanceof Enum<?> constant
                                    ? constant.name().toLowerCase(Locale.ROOT)
                                    : value;
                            backend.valueCodec().bind(statement, index, bound);
                        }
                    }))
                    .build()),

    TEXTS_ARE_STRIPPED(
            Set.of("VAL-01"),
            backend -> backend.toBuilder()
                    .valueCodec(Forwarding.of(ValueCodec.class, backend.valueCodec(), new Object() {
                        void bind(PreparedStatement statement, int index, Object value) throws SQLException {
                            Object bound = value instanceof String text ? text.strip() : value;
                            backend.valueCodec().bind(statement, index, bound);
                        }
                    }))
                    .build()),

    NULL_IS_ZERO(
            Set.of("EMP-06"),
            backend -> backend.toBuilder()
                    .valueCodec(Forwarding.of(ValueCodec.class, backend.valueCodec(), new Object() {
                        void bind(PreparedStatement statement, int index, Object value) throws SQLException {
                            backend.valueCodec().bind(statement, index, value == null ? 0 : value);
                        }
                    }))
                    .build()),

    WORKING_CONNECTIONS_ARE_NOT_USABLE(
            Set.of("ERR-07"),
            backend -> connector(backend, new Object() {
                boolean isUsable(Connection connection, Duration timeout) {
                    return false;
                }
            })),

    VIEWS_ARE_TABLES(
            Set.of("NMS-02"),
            backend -> backend.toBuilder()
                    .introspector(Forwarding.of(Introspector.class, backend.introspector(), new Object() {
                        List<String> tableNames(SqlRunner sql, boolean includeViews) {
                            return backend.introspector().tableNames(sql, true);
                        }
                    }))
                    .build());

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

    private static Backend transactions(Backend backend, Object changes) {
        return backend.toBuilder()
                .transactionControl(Forwarding.of(TransactionControl.class, backend.transactionControl(), changes))
                .build();
    }

    private static Backend errors(Backend backend, Object changes) {
        return backend.toBuilder()
                .errorClassifier(Forwarding.of(ErrorClassifier.class, backend.errorClassifier(), changes))
                .build();
    }

    private static Backend connector(Backend backend, Object changes) {
        return backend.toBuilder()
                .connector(Forwarding.of(Connector.class, backend.connector(), changes))
                .build();
    }

    private static Backend sessions(Backend backend, Object changes) {
        return backend.toBuilder()
                .sessionRules(Forwarding.of(SessionRules.class, backend.sessionRules(), changes))
                .build();
    }

    private static Backend dialect(Backend backend, Object changes) {
        return backend.toBuilder()
                .dialect(Forwarding.of(Dialect.class, backend.dialect(), changes))
                .build();
    }
}
