package dev.mooring;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A statement on its way to the driver, as an {@link ExecuteWrapper} sees it. Confined to the wrapper's thread. */
public final class Execution {

    private final DatabaseWrapper wrapper;
    private final String sql;
    private final @Nullable List<? extends @Nullable Object> parameters;
    private final @Nullable Iterable<? extends List<? extends @Nullable Object>> batches;
    private final Consumer<Execution> next;

    private Execution(
            DatabaseWrapper wrapper,
            String sql,
            @Nullable List<? extends @Nullable Object> parameters,
            @Nullable Iterable<? extends List<? extends @Nullable Object>> batches,
            Consumer<Execution> next) {
        this.wrapper = wrapper;
        this.sql = sql;
        this.parameters = parameters;
        this.batches = batches;
        this.next = next;
    }

    static Execution once(
            DatabaseWrapper wrapper,
            String sql,
            @Nullable List<? extends @Nullable Object> parameters,
            Consumer<Execution> next) {
        return new Execution(wrapper, sql, parameters == null ? null : unmodifiable(parameters), null, next);
    }

    static Execution many(
            DatabaseWrapper wrapper,
            String sql,
            Iterable<? extends List<? extends @Nullable Object>> batches,
            Consumer<Execution> next) {
        return new Execution(wrapper, sql, null, batches, next);
    }

    Execution before(Consumer<Execution> other) {
        return new Execution(wrapper, sql, parameters, batches, other);
    }

    /** {@return the statement, with {@code %s} for each parameter} */
    public String sql() {
        return sql;
    }

    /** {@return the parameters; none if there are {@link #batches()}} They may be secrets. */
    public List<? extends @Nullable Object> parameters() {
        return parameters == null ? List.of() : parameters;
    }

    /**
     * {@return whether the statement was given parameters, be it an empty array of them} If not, a percent sign in its text is
     * itself; if so, {@code %%} stands for one.
     */
    public boolean hasParameters() {
        return isMany() || parameters != null;
    }

    /** {@return the parameters; null if none were given} */
    @Nullable
    Object @Nullable [] array() {
        return parameters == null ? null : parameters.toArray();
    }

    /** {@return whether it is an {@code executeMany}} */
    public boolean isMany() {
        return batches != null;
    }

    /**
     * {@return the lists of parameters of an {@code executeMany}; none if it is none} It is what the caller handed in: what
     * can be walked through once only is used up by who does so here.
     */
    public Iterable<? extends List<? extends @Nullable Object>> batches() {
        return batches == null ? List.of() : batches;
    }

    /** {@return the wrapper on which the statement is run; its alias says which database} */
    public DatabaseWrapper wrapper() {
        return wrapper;
    }

    /** Runs the statement. Done again, it is run again, and the last result counts. */
    public void proceed() {
        next.accept(this);
    }

    /** Runs another statement with the same parameters, or without any as before; for what is known by a comment, say. */
    public void proceedAs(String sql) {
        next.accept(new Execution(wrapper, requireNonNull(sql, "sql"), parameters, batches, next));
    }

    /**
     * Runs another statement with other parameters; an empty list counts as parameters.
     *
     * @throws IllegalStateException if this is an {@code executeMany}
     */
    public void proceedAs(String sql, List<? extends @Nullable Object> parameters) {
        if (isMany()) {
            throw new IllegalStateException("An executeMany has many lists of parameters, and one came in their place: "
                    + "alter its text with proceedAs(sql)");
        }
        next.accept(once(wrapper, requireNonNull(sql, "sql"), parameters, next));
    }

    private static List<? extends @Nullable Object> unmodifiable(List<? extends @Nullable Object> parameters) {
        return Collections.unmodifiableList(new ArrayList<@Nullable Object>(parameters));
    }
}
