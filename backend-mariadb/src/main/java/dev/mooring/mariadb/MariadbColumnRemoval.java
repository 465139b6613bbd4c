package dev.mooring.mariadb;

import static dev.mooring.mariadb.MariadbColumns.alter;
import static dev.mooring.mariadb.MariadbDialect.quoted;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Attachment;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType.Kind;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.SqlToken;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Removes a column. What the server would drop or cut short with it without a word is refused: indexes of several columns, checks. */
final class MariadbColumnRemoval {

    private final MariadbColumns columns;
    private final TableChange change;
    private final Table table;
    private final Column removed;

    MariadbColumnRemoval(MariadbColumns columns, TableChange change, String column) {
        this.columns = columns;
        this.change = change;
        this.table = change.before();
        this.removed = table.column(column);
    }

    List<String> statements() {
        change.present().stream()
                .filter(found -> found.columns().contains(removed.name()) && !goesWithTheColumn(found))
                .findFirst()
                .ifPresent(found -> refuse(found.index() ? "index" : "constraint", found.name()));
        change.attachments().stream()
                .filter(this::names)
                .findFirst()
                .ifPresent(found -> refuse(found.kind().name().toLowerCase(Locale.ROOT), found.name()));
        List<String> sql = new ArrayList<>();
        removed.reference()
                .ifPresent(key ->
                        sql.add(alter(table) + "DROP FOREIGN KEY " + quoted(new MariadbNames(change).foreignKey(key))));
        new MariadbNames(change)
                .check(removed)
                .ifPresent(name -> sql.add(alter(table) + "DROP CONSTRAINT " + quoted(name)));
        sql.add(alter(change.after()) + "DROP COLUMN " + quoted(removed.name()));
        sql.addAll(MariadbColumnChange.statements(columns, MariadbColumnChange.demoted(change)));
        return List.copyOf(sql);
    }

    private boolean goesWithTheColumn(ConstraintInfo found) {
        return found.columns().equals(List.of(removed.name()))
                && ((found.primaryKey() && removed.isPrimaryKey())
                        || (found.foreignKey() != null && removed.reference().isPresent())
                        || (found.check() && hasCheck())
                        || MariadbNames.isPlainIndex(found)
                        || (MariadbNames.isUnique(found) && removed.isUnique()));
    }

    private boolean hasCheck() {
        return MariadbColumns.isPositive(removed) || removed.type().kind() == Kind.JSON;
    }

    private boolean names(Attachment attachment) {
        return SqlToken.of(attachment.sql()).stream()
                .anyMatch(token -> token.isName() && token.text().equalsIgnoreCase(removed.name()));
    }

    private void refuse(String kind, String name) {
        throw ErrorKind.PROGRAMMING.exception(
                ("The %s \"%s\" of table \"%s\" names \"%s\", a column that is to be removed; drop it before, and create it "
                                + "anew afterwards")
                        .formatted(kind, name, table.name(), removed.name()));
    }
}
