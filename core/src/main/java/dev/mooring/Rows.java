package dev.mooring;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.ErrorKind;
import dev.mooring.statement.ErrorTranslator;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a query found, in the order in which the database gave it: an immutable list, with what a query is asked for that
 * ought to find one row.
 *
 * <pre>{@code
 * Optional<Order> order = databases.query(Order.class, "SELECT * FROM shop_order WHERE id = %s", id).optional();
 * long count = databases.query(Long.class, "SELECT count(*) FROM shop_order").one();
 * List<Label> labels = databases.query("SELECT a, b FROM label").map(row -> new Label(row.getString("a"), row.getInt("b")));
 * }</pre>
 *
 * @param <T> what each row was made into; {@link Row} itself if nothing else was asked for
 */
public final class Rows<T extends @Nullable Object> extends AbstractList<T> implements RandomAccess {

    private final List<T> rows;
    private final String alias;
    private final String sql;

    /** The list is not copied: whoever made it does not change it. */
    Rows(List<T> rows, String alias, String sql) {
        this.rows = rows;
        this.alias = alias;
        this.sql = sql;
    }

    @Override
    public T get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }

    /**
     * {@return the one row}
     *
     * @throws dev.mooring.error.DataException if there is none or more than one, or its value is NULL; see {@link #optional}
     */
    public T one() {
        requireAtMostOne();
        if (rows.isEmpty()) {
            throw wrong("none; use optional() where there may be none");
        }
        T row = rows.get(0);
        if (row == null) {
            throw wrong("one whose value is NULL; use optional() where it may be NULL");
        }
        return row;
    }

    /**
     * {@return the one row; empty if there is none, or its value is NULL}
     *
     * @throws dev.mooring.error.DataException if there is more than one
     */
    public Optional<T> optional() {
        requireAtMostOne();
        return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.get(0));
    }

    /** {@return what {@code mapper} makes of each, in the same order} */
    public <R extends @Nullable Object> Rows<R> map(Function<? super T, ? extends R> mapper) {
        requireNonNull(mapper, "mapper");
        List<R> mapped = new ArrayList<>(rows.size());
        for (T row : rows) {
            mapped.add(mapper.apply(row));
        }
        return new Rows<>(mapped, alias, sql);
    }

    private void requireAtMostOne() {
        if (rows.size() > 1) {
            throw wrong(rows.size() + "; narrow its condition, or add LIMIT 1 if any of them will do");
        }
    }

    private RuntimeException wrong(String found) {
        return ErrorKind.DATA.exception("The query on database '%s' ought to find one row but found %s; statement: %s"
                .formatted(alias, found, ErrorTranslator.shortened(sql)));
    }
}
