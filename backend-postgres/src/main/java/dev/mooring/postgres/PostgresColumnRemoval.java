package dev.mooring.postgres;

import static dev.mooring.postgres.PostgresColumns.quoted;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Attachment;
import dev.mooring.schema.Column;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.SqlToken;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes a column, without CASCADE, as Django since 6.0: a view that needs it is an error, not a loss. The same for checks
 * and indexes, which the server would drop with the column without a word.
 */
final class PostgresColumnRemoval {

    private final TableChange change;
    private final Table table;
    private final Column removed;

    PostgresColumnRemoval(TableChange change, String column) {
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
                .filter(found -> names(found) && change.present().stream().noneMatch(other -> isOwn(other, found)))
                .findFirst()
                .ifPresent(found -> refuse("index", found.name()));
        List<String> sql = new ArrayList<>();
        removed.reference().ifPresent(key -> sql.addAll(PostgresSchemaGenerator.dropForeignKey(change, key)));
        sql.add(PostgresSchemaGenerator.alter(change.after()) + "DROP COLUMN " + quoted(removed.name()));
        sql.addAll(PostgresColumnChange.statements(change.changedColumns().stream()
                .map(other -> new PostgresColumnChange(change, other, other))
                .toList()));
        return List.copyOf(sql);
    }

    private boolean isOwn(ConstraintInfo present, Attachment attachment) {
        return present.name().equals(attachment.name()) && goesWithTheColumn(present);
    }

    private boolean goesWithTheColumn(ConstraintInfo found) {
        return found.columns().equals(List.of(removed.name()))
                && ((found.primaryKey() && removed.isPrimaryKey())
                        || (found.foreignKey() != null && removed.reference().isPresent())
                        || (found.check() && PostgresColumns.check(removed).isPresent())
                        || (found.index() && !found.unique() && hasIndex(found.name()))
                        || (found.unique() && !found.index() && removed.isUnique()));
    }

    private boolean hasIndex(String name) {
        return name.endsWith("_like")
                ? PostgresColumns.patternOperators(removed).isPresent()
                : removed.isIndexed();
    }

    private boolean names(Attachment index) {
        String columns = index.sql().substring(index.sql().indexOf('('));
        return SqlToken.of(columns).stream()
                .anyMatch(token -> token.isName() && token.text().equals(removed.name()));
    }

    private void refuse(String kind, String name) {
        throw ErrorKind.PROGRAMMING.exception(
                ("The %s \"%s\" of table \"%s\" names \"%s\", a column that is to be removed; drop it before, and create it "
                                + "anew afterwards")
                        .formatted(kind, name, table.name(), removed.name()));
    }
}
