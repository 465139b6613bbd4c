package dev.mooring.sqlite;

import static dev.mooring.sqlite.SqliteColumns.quoted;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Attachment;
import dev.mooring.schema.Column;
import dev.mooring.schema.Index;
import dev.mooring.schema.SqlToken;
import dev.mooring.schema.SqlToken.Kind;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Removes a column with {@code DROP COLUMN}, for SQLite then refuses what a check, an index, a trigger, a generated column or
 * a view still names. Building the table anew would turn such a name into a text.
 */
final class SqliteColumnRemoval {

    private final TableChange change;
    private final Column removed;

    SqliteColumnRemoval(TableChange change, String column) {
        this.change = change;
        this.removed = change.before().column(column);
    }

    List<String> statements() {
        requireUnnamed();
        List<String> sql = new ArrayList<>();
        if (removed.isPrimaryKey() || removed.isUnique()) {
            sql.addAll(withoutKey());
        } else if (removed.isIndexed()) {
            sql.add(SqliteIndexes.drop(SqliteIndexes.present(change, Index.on(removed.name()))));
        }
        sql.add("ALTER TABLE " + quoted(change.after().name()) + " DROP COLUMN " + quoted(removed.name()));
        return List.copyOf(sql);
    }

    /** A key and a unique column are the two that {@code DROP COLUMN} does not drop, so it is made a plain one first. */
    private List<String> withoutKey() {
        Table plain = change.before()
                .replace(Column.of(removed.name(), removed.type()).nullable());
        for (Column column : change.after().columns()) {
            plain = plain.replace(column);
        }
        List<String> sql = new ArrayList<>(
                new SqliteRebuild(change, plain, plain.columns()).table(column -> Optional.of(quoted(column.name()))));
        sql.addAll(SqliteIndexes.all(plain));
        return sql;
    }

    private void requireUnnamed() {
        Stream.concat(
                        SqliteIndexes.unknown(change).stream(),
                        change.attachments().stream().filter(found -> !found.isLostWithTable()))
                .filter(this::namesTheColumn)
                .findFirst()
                .ifPresent(found -> {
                    throw ErrorKind.PROGRAMMING.exception(
                            ("The %s \"%s\" of table \"%s\" names \"%s\", a column that is to be removed; drop it before, "
                                            + "and create it anew afterwards")
                                    .formatted(
                                            found.what(),
                                            found.name(),
                                            change.before().name(),
                                            removed.name()));
                });
    }

    /** Elsewhere the column is told from one of another table by SQLite, but for a quoted name, which becomes a text. */
    private boolean namesTheColumn(Attachment attachment) {
        String sql = attachment.sql();
        String named = attachment.kind() == Attachment.Kind.INDEX ? sql.substring(sql.indexOf('(')) : sql;
        return SqlToken.of(named).stream()
                .filter(token -> attachment.isLostWithTable() ? token.isName() : token.kind() == Kind.QUOTED_NAME)
                .anyMatch(token -> token.text().equalsIgnoreCase(removed.name()));
    }
}
