package dev.mooring.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction on one database, in it one on another database, and in that a further one on the first: each call of ours and of
 * {@code JdbcTemplate} is in the transaction that Spring has current on its database, whichever transaction managers the two have.
 */
@DisplayName("With two databases")
@ParameterizedClass(name = "{0} around {1}")
@MethodSource("kinds")
class TwoDatabasesTest {

    private static final String FIRST = "default";
    private static final String SECOND = "reports";
    private static final int JDBC = 100;

    private static final Map<Engine, TwoDatabases> RUNNING = new HashMap<>();

    private final ManagerKind around;
    private final ManagerKind inside;
    private final List<String> hooks = new ArrayList<>();
    private TwoDatabases two;
    private Databases databases;

    TwoDatabasesTest(ManagerKind around, ManagerKind inside) {
        this.around = around;
        this.inside = inside;
    }

    static Stream<Arguments> kinds() {
        return Stream.of(ManagerKind.values())
                .flatMap(around -> Stream.of(ManagerKind.values()).map(inside -> Arguments.of(around, inside)));
    }

    @AfterAll
    static void stop() {
        RUNNING.values().forEach(TwoDatabases::close);
        RUNNING.clear();
    }

    /** What the second database's transaction in the middle does about one on the first, and how the two around end. */
    record Case(Engine engine, boolean outerCommits, Propagation second, boolean secondCommits, Propagation third) {

        private boolean isApart() {
            return third != Propagation.REQUIRED;
        }
    }

    @TestFactory
    @DisplayName("each call is in the transaction that is current on its database")
    Stream<DynamicTest> transactions() {
        List<Case> cases = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            for (boolean outerCommits : new boolean[] {true, false}) {
                for (Propagation second :
                        List.of(Propagation.REQUIRED, Propagation.REQUIRES_NEW, Propagation.NOT_SUPPORTED)) {
                    for (boolean secondCommits : new boolean[] {true, false}) {
                        cases.add(new Case(engine, outerCommits, second, secondCommits, Propagation.REQUIRED));
                        if (engine == Engine.POSTGRES) { // SQLite has one writer at a time.
                            cases.add(new Case(engine, outerCommits, second, secondCommits, Propagation.REQUIRES_NEW));
                            cases.add(new Case(engine, outerCommits, second, secondCommits, Propagation.NOT_SUPPORTED));
                        }
                    }
                }
            }
        }
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.toString(), () -> check(each)));
    }

    private void check(Case tried) {
        two = RUNNING.computeIfAbsent(tried.engine, TwoDatabases::new);
        databases = two.databases();
        databases.using(FIRST).execute("DELETE FROM item");
        databases.using(SECOND).execute("DELETE FROM item");
        hooks.clear();

        template(around, FIRST, Propagation.REQUIRED).executeWithoutResult(outer -> {
            write(FIRST, 1);
            template(inside, SECOND, tried.second).executeWithoutResult(second -> {
                write(FIRST, 2);
                write(SECOND, 3);
                template(around, FIRST, tried.third).executeWithoutResult(third -> {
                    write(FIRST, 4);
                    write(SECOND, 5);
                });
                write(FIRST, 6);
                if (!tried.secondCommits) {
                    second.setRollbackOnly();
                }
            });
            write(FIRST, 7);
            write(SECOND, 8);
            if (!tried.outerCommits) {
                outer.setRollbackOnly();
            }
        });

        boolean secondCommits = tried.secondCommits || tried.second == Propagation.NOT_SUPPORTED;
        List<Integer> first = IntStream.of(1, 2, 4, 6, 7)
                .filter(id -> tried.outerCommits || (id == 4 && tried.isApart()))
                .boxed()
                .toList();
        List<Integer> second = IntStream.of(3, 5, 8)
                .filter(id -> secondCommits || id == 8)
                .boxed()
                .toList();
        assertThat(ours(FIRST)).as("our calls on the first").isEqualTo(first);
        assertThat(byJdbc(FIRST)).as("JdbcTemplate on the first").isEqualTo(first);
        assertThat(ours(SECOND)).as("our calls on the second").isEqualTo(second);
        assertThat(byJdbc(SECOND)).as("JdbcTemplate on the second").isEqualTo(second);
        assertThat(hooks)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                first.stream().map(id -> FIRST + id),
                                second.stream().map(id -> SECOND + id))
                        .toList());
        assertThat(databases.using(FIRST).counts().leased()).isZero();
        assertThat(databases.using(SECOND).counts().leased()).isZero();
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    }

    private TransactionTemplate template(ManagerKind kind, String alias, Propagation propagation) {
        TransactionTemplate template = new TransactionTemplate(two.manager(kind, alias));
        template.setPropagationBehavior(propagation.value());
        return template;
    }

    private void write(String alias, int id) {
        databases.using(alias).execute("INSERT INTO item VALUES (%s, 'ours')", id);
        databases.using(alias).onCommit(() -> hooks.add(alias + id));
        new JdbcTemplate(databases.using(alias).dataSource())
                .update("INSERT INTO item VALUES (?, 'JdbcTemplate')", id + JDBC);
    }

    private List<Integer> ours(String alias) {
        return databases.using(alias).query(Integer.class, "SELECT id FROM item WHERE id < 100 ORDER BY id");
    }

    private List<Integer> byJdbc(String alias) {
        return databases.using(alias).query(Integer.class, "SELECT id - 100 FROM item WHERE id > 100 ORDER BY id");
    }
}
