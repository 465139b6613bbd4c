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
    private final @Nullable Object defaultValue;

    private Column(
            String name,
            ColumnType type,
            EnumSet<Trait> traits,
            @Nullable ForeignKey reference,
            @Nullable Object defaultValue) {
        this.name = requireNonNull(name, "name");
        this.type = requireNonNull(type, "type");
        this.traits = traits;
        this.reference = reference;
        this.defaultValue = defaultValue;
    }

    /** {@return a column that is not null, with no key and no index} */
    public static Column of(String name, ColumnType type) {
        return new Column(name, type, EnumSet.noneOf(Trait.class), null, null);
    }

    /** {@return an integer primary key that the database numbers: Django's {@code AutoField}} */
    public static Column auto(String name) {
        return auto(name, ColumnType.INTEGER);
    }

    /** {@return a primary key of 64 bits that the database numbers: Django's {@code BigAutoField}} */
    public static Column bigAuto(String name) {
        return auto(name, ColumnType.BIGINT);
    }

    /** {@return a primary key of 16 bits that the database numbers: Django's {@code SmallAutoField}} */
    public static Column smallAuto(String name) {
        return auto(name, ColumnType.SMALLINT);
    }

    private static Column auto(String name, ColumnType type) {
        return of(name, type).with(Trait.NUMBERED).primaryKey();
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
        return new Column(name, type, indexed, new ForeignKey(name, table, column), defaultValue);
    }

    /**
     * {@return this column with a value for the rows that are there when it is added, or when it stops to be nullable}
     * As in Django, the database keeps no default: whoever inserts a row gives the value.
     *
     * @param value text, a number, a boolean, bytes, a UUID or a {@code java.time} value
     */
    public Column defaultValue(Object value) {
        return new Column(name, type, traits, reference, requireNonNull(value, "value"));
    }

    /** {@return this column under another name} */
    public Column renamed(String newName) {
        ForeignKey moved =
                reference == null ? null : new ForeignKey(newName, reference.toTable(), reference.toColumn());
        return new Column(newName, type, traits, moved, defaultValue);
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

    /** {@return whether it is declared unique; a primary key is so anyway} */
    public boolean isUnique() {
        return traits.contains(Trait.UNIQUE) && !isPrimaryKey();
    }

    /** {@return whether it needs an index of its own; a key and a unique column already have one} */
    public boolean isIndexed() {
        return traits.contains(Trait.INDEXED) && !isUnique() && !isPrimaryKey();
    }

    /** {@return what it refers to} */
    public Optional<ForeignKey> reference() {
        return Optional.ofNullable(reference);
    }

    /** {@return the value for rows that have none} */
    public Optional<Object> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** {@return whether this and {@code other} differ in their names and default values at most} */
    public boolean isLike(Column other) {
        return type.equals(other.type)
                && traits.equals(other.traits)
                && reference().map(key -> key.isLike(other.reference)).orElse(other.reference == null);
    }

    @Override
    public String toString() {
        return name + " " + type + " " + traits + (reference == null ? "" : " " + reference);
    }

    /** {@return this column with another type} */
    Column typed(ColumnType other) {
        return new Column(name, other, traits, reference, defaultValue);
    }

    Column with(ForeignKey other) {
        return new Column(name, type, traits, other, defaultValue);
    }

    /** {@return this column, no longer the primary key} */
    Column demoted() {
        EnumSet<Trait> fewer = EnumSet.copyOf(traits);
        fewer.remove(Trait.PRIMARY_KEY);
        fewer.remove(Trait.NUMBERED);
        return new Column(name, type, fewer, reference, defaultValue);
    }

    private Column with(Trait trait) {
        EnumSet<Trait> more = EnumSet.copyOf(traits);
        more.add(trait);
        return new Column(name, type, more, reference, defaultValue);
    }
}
