package dev.mooring.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls every method of JDBC's interfaces on the bare driver and on the {@code DataSource} view, in the same state, with the
 * same arguments, and compares: the answer or the SQLSTATE, whether the connection can be used afterwards, what is in the
 * table. The page {@code docs/jdbc-differences.md} lists what may differ. Usually only one call in six is compared; with
 * {@code -Dmooring.full} all are, and the page has to list nothing more than what differs.
 */
@Tag("wrong-answers")
@Tag("full")
class JdbcDifferencesTest {

    private static final boolean FULL = Boolean.getBoolean("mooring.full");
    private static final int SAMPLE = FULL ? 1 : 6;

    private static final Pattern REFUSED_COMMIT =
            Pattern.compile("(, not to be used: SQLSTATE \\w+), end: TransactionManagementException");

    @TempDir
    Path directory;

    private final List<DifferencesPage.Row> page = DifferencesPage.read();
    private final Set<String> unlisted = new LinkedHashSet<>();
    private final Set<DifferencesPage.Row> met = new LinkedHashSet<>();
    private int calls;

    @ParameterizedTest
    @EnumSource(Engine.class)
    @DisplayName("The DataSource view differs from the bare driver only where the page of differences says so")
    void differsOnlyAsListed(Engine engine) throws SQLException {
        DatabaseSettings settings = engine.settings(directory);
        try (Side.View view = new Side.View(settings);
                Side.Bare bare = new Side.Bare(engine, settings);
                Connection observer = prepare(engine, settings)) {
            for (Mode mode : Mode.values()) {
                for (Subject.Kind kind : Subject.Kind.values()) {
                    new Comparison(engine, mode, kind, bare, view, observer).run();
                }
            }
        }
        assertThat(calls).isGreaterThan(FULL ? 6_000 : 900);
        List<String> stale = page.stream()
                .filter(row -> FULL && row.database().equals(engine.label) && !met.contains(row))
                .map(row ->
                        "%s, %s: %s differs no longer, or not so".formatted(row.database(), row.state(), row.call()))
                .toList();
        unlisted.addAll(stale);
        assertThat(unlisted).as("not as in %s", DifferencesPage.FILE).isEmpty();
    }

    private static Connection prepare(Engine engine, DatabaseSettings settings) throws SQLException {
        Connection observer = engine.bare(settings);
        if (engine == Engine.SQLITE) {
            Side.run(observer, "PRAGMA journal_mode = WAL");
            Side.run(observer, "PRAGMA synchronous = OFF");
        }
        for (String sql : engine.schema()) {
            Side.run(observer, sql);
        }
        return observer;
    }

    /** The methods of one kind of object, in one mode. */
    private final class Comparison {

        private final Engine engine;
        private final Mode mode;
        private final Subject.Kind kind;
        private final Side.Bare bare;
        private final Side.View view;
        private final Connection observer;
        private String before = "";

        Comparison(Engine engine, Mode mode, Subject.Kind kind, Side.Bare bare, Side.View view, Connection observer) {
            this.engine = engine;
            this.mode = mode;
            this.kind = kind;
            this.bare = bare;
            this.view = view;
            this.observer = observer;
        }

        void run() throws SQLException {
            Method[] methods = kind.type.getMethods();
            Arrays.sort(methods, Comparator.comparing(Method::toString));
            for (Method method : methods) {
                for (Arguments.Kind arguments : Arguments.Kind.values()) {
                    if (isCalled(method, arguments)) {
                        compare(method, arguments);
                    }
                }
            }
        }

        /** What is the same for several kinds is called for one of them, and for the others where their state matters. */
        private boolean isCalled(Method method) {
            String name = method.getName();
            boolean wanted = switch (kind) {
                case PARAMETER -> mode == Mode.ON && Arguments.isBinder(method);
                case QUERY, CHANGE -> method.getDeclaringClass() == kind.type;
                case FUNCTION -> mode == Mode.ON && method.getDeclaringClass() == kind.type;
                case STATEMENT_WITH_ROWS, ROWS_AFTER_LAST, COLUMNS, PARAMETERS -> mode == Mode.ON;
                case UPDATABLE_ROWS -> name.startsWith("update") || name.endsWith("Row");
                default -> true;
            };
            return wanted && !Modifier.isStatic(method.getModifiers());
        }

        private boolean isCalled(Method method, Arguments.Kind arguments) {
            boolean distinct = kind != Subject.Kind.DATABASE || mode == Mode.ON || arguments == Arguments.Kind.USUAL;
            return distinct
                    && isCalled(method)
                    && Arguments.isWorthwhile(method, arguments)
                    && isSampled(method, arguments);
        }

        /** The same calls each time, whatever the order of the methods. */
        private boolean isSampled(Method method, Arguments.Kind arguments) {
            return Math.floorMod((mode + signature(method) + kind + arguments).hashCode(), SAMPLE) == 0;
        }

        private void compare(Method method, Arguments.Kind arguments) throws SQLException {
            calls++;
            String expected = call(bare, method, arguments);
            if (!expected.contains("usable") || leavesTraces(method) || engine == Engine.SQLITE) {
                bare.renew();
            }
            String actual = call(view, method, arguments);
            if (expected.equals(actual)) {
                return;
            }
            String called = kind + "." + signature(method) + (arguments == Arguments.Kind.USUAL ? "" : " " + arguments);
            List<DifferencesPage.Row> rows = page.stream()
                    .filter(row -> row.covers(engine, mode, called, actual))
                    .toList();
            met.addAll(rows);
            if (rows.isEmpty()) {
                unlisted.add("%s, %s: %s%n      driver: %s%n      view:   %s"
                        .formatted(engine.label, mode.label, called, expected, actual));
            }
        }

        /** {@return whether the driver's connection is not as new afterwards} */
        private boolean leavesTraces(Method method) {
            String name = method.getName();
            return kind == Subject.Kind.CONNECTION
                    && !name.startsWith("get")
                    && !name.startsWith("is")
                    && !name.startsWith("create")
                    && !name.startsWith("prepare");
        }

        private String call(Side side, Method method, Arguments.Kind arguments) throws SQLException {
            restore();
            StringBuilder said = new StringBuilder();
            try {
                Connection connection = side.begin(mode, leavesTraces(method));
                Subject subject = new Subject(engine, kind, connection);
                said.append(answer(subject, method, arguments));
                said.append(state(connection));
                subject.close();
            } catch (SQLException | RuntimeException e) {
                said.append("no connection: ").append(Outcome.of(e));
            }
            said.append(side.end(mode));
            String after = contents();
            said.append(after.equals(before) ? "" : ", table " + after);
            // The driver takes a COMMIT for done that the server answers with a rollback.
            return REFUSED_COMMIT.matcher(said).replaceFirst("$1");
        }

        private String answer(Subject subject, Method method, Arguments.Kind arguments) {
            Object target;
            try {
                target = subject.make();
                if (target == null) {
                    return "no subject";
                }
            } catch (SQLException e) {
                return "no subject: " + Outcome.of(e);
            }
            try {
                Object[] values = new Arguments(engine, arguments, subject).of(method);
                Outcome outcome = new Outcome(subject);
                String said = outcome.of(method.invoke(target, values));
                return said + further(target, method, outcome);
            } catch (InvocationTargetException e) {
                return Outcome.of(e.getCause());
            } catch (Exception e) {
                return "then " + Outcome.of(e);
            }
        }

        /** What was bound or changed shows only with the next call. */
        private String further(Object target, Method method, Outcome outcome) throws Exception {
            if (kind == Subject.Kind.PARAMETER) {
                return "; " + outcome.of(((PreparedStatement) target).executeQuery());
            } else if (kind == Subject.Kind.UPDATABLE_ROWS
                    && method.getName().startsWith("update")
                    && method.getParameterCount() > 0) {
                ((ResultSet) target).updateRow();
                return "; row updated";
            } else if (method.getName().equals("addBatch")) {
                return "; " + outcome.of(((Statement) target).executeBatch());
            }
            return "";
        }

        private String state(Connection connection) throws SQLException {
            if (connection.isClosed()) {
                return ", closed";
            }
            String autocommit = mode == Mode.ON == connection.getAutoCommit() ? "" : ", autocommit changed";
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT name FROM item ORDER BY id")) {
                StringBuilder names = new StringBuilder();
                while (rows.next()) {
                    names.append(rows.getString(1)).append(' ');
                }
                return autocommit + ", usable" + (names.toString().equals("one two ") ? "" : " " + names);
            } catch (SQLException e) {
                return autocommit + ", not to be used: " + Outcome.of(e);
            }
        }

        private void restore() throws SQLException {
            if (!before.isEmpty() && contents().equals(before)) {
                return;
            }
            Side.run(observer, "DELETE FROM item");
            for (String sql : engine.rows()) {
                Side.run(observer, sql);
            }
            before = contents();
        }

        private String contents() throws SQLException {
            StringBuilder text = new StringBuilder();
            String large = engine == Engine.POSTGRESQL ? "lo_get(big)" : "big";
            try (Statement statement = observer.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT id, name, amount, at, day, flag, tags, " + large + " FROM item ORDER BY id")) {
                while (rows.next()) {
                    for (int column = 1; column <= 8; column++) {
                        text.append(rows.getString(column)).append(column == 8 ? ";" : ",");
                    }
                }
            }
            return text.toString();
        }
    }

    private static String signature(Method method) {
        List<String> types = new ArrayList<>();
        for (Class<?> type : method.getParameterTypes()) {
            types.add(type.getSimpleName());
        }
        return method.getName() + "(" + String.join(", ", types) + ")";
    }
}
