package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.Introspection;
import dev.mooring.schema.Attachment;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.SqlToken;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.spi.Dialect;
import dev.mooring.spi.SchemaGenerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tables as they would be after what was collected and not run. What the database has is looked up once, under the name
 * that the table has there, and follows each change from then on; of other tables it is known how they would be created.
 */
final class CollectedTables implements KnownTables {

    private record Known(List<ColumnInfo> columns, List<ConstraintInfo> constraints, List<Attachment> attachments) {}

    /** What stands before the name of a constraint or an index that is dropped, renamed or made. */
    private static final Set<String> BEFORE_CONSTRAINTS =
            Set.of("CONSTRAINT", "CONSTRAINTS", "INDEX", "KEY", "EXISTS", "TO");

    private final Database database;
    private final SchemaGenerator generator;
    private final Dialect dialect;
    private final boolean lookedUp;
    private final Map<String, Known> known = new HashMap<>();

    /**
     * Knows no table yet.
     *
     * @param lookedUp whether the database has the tables as they are before the first change
     */
    CollectedTables(Database database, boolean lookedUp) {
        this.database = database;
        this.generator = database.backend().schemaGenerator();
        this.dialect = database.backend().dialect();
        this.lookedUp = lookedUp;
    }

    @Override
    public TableChange change(Table before, Table after) {
        Known found = known(before);
        return new TableChange(before, after, found.columns, found.constraints, found.attachments);
    }

    @Override
    public void created(Table table) {
        known.put(table.name(), new Known(List.of(), generator.constraints(table), List.of()));
    }

    @Override
    public void dropped(Table table) {
        known.remove(table.name());
    }

    @Override
    public void renamed(Table before, Table after) {
        Known found = known(before);
        known.remove(before.name());
        known.put(
                after.name(),
                new Known(found.columns, found.constraints, renamed(found.attachments, before.name(), after.name())));
    }

    /** A constraint or an index that a statement names was dropped, or made anew under the name that it gets today. */
    @Override
    public void changed(Table before, Table after, List<String> statements) {
        Known found = known(before);
        List<ConstraintInfo> constraints = new ArrayList<>();
        for (ConstraintInfo constraint : found.constraints) {
            List<@Nullable String> columns = constraint.columns().stream()
                    .<@Nullable String>map(column -> column == null ? null : renamed(before, after, column))
                    .toList();
            if (columns.stream().allMatch(column -> column == null || after.has(column) || !before.has(column))
                    && !isNamed(constraint, before, statements)) {
                constraints.add(on(columns, constraint));
            }
        }
        for (ConstraintInfo expected : generator.constraints(after)) {
            if (constraints.stream().noneMatch(present -> isLike(present, expected))) {
                constraints.add(expected);
            }
        }
        List<ColumnInfo> columns = found.columns.stream()
                .map(column -> named(renamed(before, after, column.name()), column))
                .filter(column -> after.has(column.name()) || !before.has(column.name()))
                .toList();
        known.put(after.name(), new Known(columns, constraints, attachments(before, after, found, statements)));
    }

    private Known known(Table table) {
        return known.computeIfAbsent(table.name(), name -> {
            Introspection present = database.introspection();
            return lookedUp && present.tableNames().contains(name)
                    ? new Known(present.columns(name), present.constraints(name), present.attachments(name))
                    : new Known(List.of(), generator.constraints(table), List.of());
        });
    }

    /** A table that is built anew has nothing left of what it had. */
    private boolean isNamed(ConstraintInfo constraint, Table before, List<String> statements) {
        String rebuilt = "DROP TABLE " + dialect.quoteName(before.name());
        return statements.stream()
                .anyMatch(statement -> statement.equals(rebuilt) || isNamed(constraint.name(), SqlToken.of(statement)));
    }

    /** A column may have the same name. */
    private static boolean isNamed(String constraint, List<SqlToken> statement) {
        for (int i = 1; i < statement.size(); i++) {
            SqlToken before = statement.get(i - 1);
            if (statement.get(i).kind() == SqlToken.Kind.QUOTED_NAME
                    && statement.get(i).text().equals(constraint)
                    && before.kind() == SqlToken.Kind.WORD
                    && BEFORE_CONSTRAINTS.contains(before.text().toUpperCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** Indexes that the model has are dropped, or made anew under the names that they get today; others are kept. */
    private List<Attachment> attachments(Table before, Table after, Known found, List<String> statements) {
        List<ConstraintInfo> ofModel = generator.constraints(before);
        List<String> gone = found.constraints.stream()
                .filter(present -> present.index() && isNamed(present, before, statements))
                .filter(present -> ofModel.stream().anyMatch(expected -> isLike(present, expected)))
                .map(ConstraintInfo::name)
                .toList();
        List<Attachment> attachments = found.attachments.stream()
                .filter(attachment -> !gone.contains(attachment.name()))
                .toList();
        for (Column column : before.columns()) {
            attachments = renamed(attachments, column.name(), renamed(before, after, column.name()));
        }
        return attachments;
    }

    /** {@return the name that a column has after the change, if it is there then} */
    private static String renamed(Table before, Table after, String column) {
        boolean gone = before.has(column) && !after.has(column);
        boolean exchanged = before.columns().size() == after.columns().size();
        return gone && exchanged
                ? after.columns().stream()
                        .map(Column::name)
                        .filter(name -> !before.has(name))
                        .findFirst()
                        .orElse(column)
                : column;
    }

    private List<Attachment> renamed(List<Attachment> attachments, String from, String to) {
        UnaryOperator<String> rename = sql -> {
            StringBuilder text = new StringBuilder();
            int copied = 0;
            for (SqlToken token : SqlToken.of(sql)) {
                if (token.isName() && token.text().equals(from)) {
                    text.append(sql, copied, token.start()).append(dialect.quoteName(to));
                    copied = token.end();
                }
            }
            return text.append(sql, copied, sql.length()).toString();
        };
        return from.equals(to)
                ? attachments
                : attachments.stream()
                        .map(found -> new Attachment(found.name(), found.kind(), rename.apply(found.sql())))
                        .toList();
    }

    private static ConstraintInfo on(List<@Nullable String> columns, ConstraintInfo from) {
        return new ConstraintInfo(
                from.name(),
                columns,
                from.primaryKey(),
                from.unique(),
                from.foreignKey(),
                from.check(),
                from.index(),
                from.orders(),
                from.type(),
                from.definition(),
                from.options());
    }

    private static ColumnInfo named(String name, ColumnInfo from) {
        return new ColumnInfo(
                name,
                from.type(),
                from.typeCode(),
                from.internalSize(),
                from.precision(),
                from.scale(),
                from.nullable(),
                from.defaultValue(),
                from.collation(),
                from.autoField(),
                from.comment(),
                from.primaryKey(),
                from.jsonConstraint());
    }

    private static boolean isLike(ConstraintInfo one, ConstraintInfo other) {
        return one.name().equals(other.name())
                || (one.columns().equals(other.columns())
                        && one.primaryKey() == other.primaryKey()
                        && one.unique() == other.unique()
                        && one.check() == other.check()
                        && one.index() == other.index()
                        && (one.foreignKey() == null) == (other.foreignKey() == null)
                        && one.name().endsWith("_like") == other.name().endsWith("_like"));
    }
}
