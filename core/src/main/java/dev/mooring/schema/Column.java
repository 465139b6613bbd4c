package dev.mooring.schema;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table. Not null, unless said otherwise. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * Column.of("username", ColumnType.varchar(150)).unique()
 * }</pre>
 */
public final class Column {

    private enum Trait {
        NULLABLE,
        NUMBERED,
        PRIMARY_KEY,
        UNIQUE,
        INDEXED
    }

    private final String name;
    private final ColumnType type;
    private final EnumSet<Trait> traits;
    private final @Nullable ForeignKey reference;

    private Column(String name, ColumnType type, EnumSet<Trait> traits, @Nullable ForeignKey reference) {
        this.name = requireNonNull(name, "name");
        this.type = requireNonNull(type, "type");
        this.traits = traits;
        this.reference = reference;
    }

    /** {@return a column that is not null, with no key and no index} */
    public static Column of(String name, ColumnType type) {
        return new Column(name, type, EnumSet.noneOf(Trait.class), null);
    }

    /** {@return an integer primary key that the database numbers: Django's {@code AutoField}} */
    public static Column auto(String name) {
        return of(name, ColumnType.INTEGER).with(Trait.NUMBERED).primaryKey();
    }

    /** {@return this column, but null is allowed} */
    public Column nullable() {
        return with(Trait.NULLABLE);
    }

    /** {@return this column as the primary key of its table} */
    public Column primaryKey() {
        return with(Trait.PRIMARY_KEY);
    }

    /** {@return this column with every value at most once} */
    public Column unique() {
        return with(Trait.UNIQUE);
    }

    /** {@return this column with an index} */
    public Column indexed() {
        return with(Trait.INDEXED);
    }

    /** {@return this column as a foreign key, with an index as Django gives it} */
    public Column references(String table, String column) {
        EnumSet<Trait> indexed = EnumSet.copyOf(traits);
        indexed.add(Trait.INDEXED);
        return new Column(name, type, indexed, new ForeignKey(name, table, column));
    }

    /** {@return the name, not quoted} */
    public String name() {
        return name;
    }

    /** {@return what it holds} */
    public ColumnType type() {
        return type;
    }

    /** {@return whether null is allowed} */
    public boolean isNullable() {
        return traits.contains(Trait.NULLABLE);
    }

    /** {@return whether the database numbers its rows} */
    public boolean isNumbered() {
        return traits.contains(Trait.NUMBERED);
    }

    /** {@return whether it is the primary key} */
    public boolean isPrimaryKey() {
        return traits.contains(Trait.PRIMARY_KEY);
    }

    /** {@return whether it is declared unique, beside being a primary key or not} */
    public boolean isUnique() {
        return traits.contains(Trait.UNIQUE);
    }

    /** {@return whether it needs an index of its own; a key and a unique column already have one} */
    public boolean isIndexed() {
        return traits.contains(Trait.INDEXED) && !isUnique() && !isPrimaryKey();
    }

    /** {@return what it refers to} */
    public Optional<ForeignKey> reference() {
        return Optional.ofNullable(reference);
    }

    /** {@return whether this and {@code other} differ in nothing but name, type and being nullable} */
    public boolean hasSameKeysAs(Column other) {
        EnumSet<Trait> different = EnumSet.copyOf(traits);
        different.removeAll(other.traits);
        EnumSet<Trait> missing = EnumSet.copyOf(other.traits);
        missing.removeAll(traits);
        different.addAll(missing);
        different.remove(Trait.NULLABLE);
        return different.isEmpty() && reference().equals(other.reference());
    }

    @Override
    public String toString() {
        return name + " " + type + " " + traits + (reference == null ? "" : " " + reference);
    }

    private Column with(Trait trait) {
        EnumSet<Trait> more = EnumSet.copyOf(traits);
        more.add(trait);
        return new Column(name, type, more, reference);
    }
}
