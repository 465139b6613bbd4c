package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

class JooqTest extends LibraryTest {

    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private DSLContext jooq;

    @Override
    void start() {
        jooq = DSL.using(databases.dataSource(), engine == Engine.SQLITE ? SQLDialect.SQLITE : SQLDialect.POSTGRES);
    }

    @Override
    void insert(int id) {
        insert(jooq, id);
    }

    @Override
    List<Integer> ids() {
        return jooq.select(DSL.field("id", Integer.class))
                .from("item")
                .orderBy(DSL.field("id"))
                .fetch(0, Integer.class);
    }

    @Override
    void insertInTransaction(int id) {
        jooq.transaction(inner -> insert(inner.dsl(), id));
    }

    @Test
    void undoesItsOwnTransactionsAndWhatIsNestedInThem() {
        assertThatThrownBy(() -> jooq.transaction(inner -> {
                    insert(inner.dsl(), 1);
                    throw new IllegalStateException("away with it");
                }))
                .hasMessage("away with it");
        jooq.transaction(outer -> {
            insert(outer.dsl(), 2);
            assertThatThrownBy(() -> outer.dsl().transaction(inner -> {
                        insert(inner.dsl(), 3);
                        throw new IllegalStateException("away with it");
                    }))
                    .hasMessage("away with it");
        });

        assertThat(oursIds()).containsExactly(2);
    }

    @Test
    void endsNoAtomic() {
        isRefusedInAtomic(() -> insertInTransaction(1));
    }

    @Test
    void nestsWithAtomicIfToldTo() {
        jooq.configuration().set(new AtomicTransactions(databases));

        databases.atomic(() -> {
            insertInTransaction(1);
            assertThatThrownBy(() -> jooq.transaction(inner -> {
                        insert(inner.dsl(), 2);
                        throw new IllegalStateException("away with it");
                    }))
                    .hasMessage("away with it");
        });
        insertInTransaction(3);

        assertThat(oursIds()).containsExactly(1, 3);
    }

    @Test
    void takesErrorsForWhatTheyAre() {
        insert(1);

        assertThatThrownBy(() -> insert(1))
                .isInstanceOfSatisfying(
                        DataAccessException.class,
                        e -> assertThat(e.sqlState()).isEqualTo(engine == Engine.SQLITE ? "00000" : "23505"));
    }

    private static void insert(DSLContext on, int id) {
        on.insertInto(DSL.table("item"), DSL.field("id"), DSL.field("name"))
                .values(id, "jOOQ's")
                .execute();
    }
}
