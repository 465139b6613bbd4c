package dev.mooring.auth.tables;

import dev.mooring.Database;
import dev.mooring.Row;
import dev.mooring.Rows;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.error.OperationalException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.spi.HiddenValues;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements on tables that migrations of Django's, or those of this module, make. If such a table is missing, the error says
 * which, in which database, and what makes it. Thread-safe.
 */
public final class DjangoTables {

    /** Of PostgreSQL, and of MySQL and its like. */
    private static final Set<String> UNDEFINED_TABLE = Set.of("42P01", "42S02");

    /** SQLite's driver makes no SQLSTATE. */
    private static final String UNDEFINED_IN_SQLITE = "no such table";

    private static final Pattern TABLE = Pattern.compile("\\b(?:FROM|JOIN|INTO|UPDATE) [\"`]?([^\"`\\s]+)");

    private static final Set<String> OF_DJANGO = Set.of(
            "django_content_type",
            "auth_permission",
            "auth_group",
            "auth_group_permissions",
            "auth_user",
            "auth_user_groups",
            "auth_user_user_permissions",
            "django_session");

    private final Database database;

    /** Makes one for statements on {@code database}. */
    public DjangoTables(Database database) {
        this.database = database;
    }

    /** {@return the rows that {@code sql} selects, all of them} Parameters are {@code %s}. */
    public Rows<Row> query(String sql, @Nullable Object... parameters) {
        try {
            return database.query(sql, parameters);
        } catch (ProgrammingException | OperationalException e) {
            throw explained(e, sql);
        }
    }

    /** {@return how many rows {@code sql} changed} Parameters are {@code %s}. */
    public int execute(String sql, @Nullable Object... parameters) {
        try {
            return database.execute(sql, parameters);
        } catch (ProgrammingException | OperationalException e) {
            throw explained(e, sql);
        }
    }

    private DatabaseException explained(DatabaseException failure, String sql) {
        List<String> missing = missingTables(failure, sql);
        return missing.isEmpty() ? failure : kind(failure).exception(message(missing), failure);
    }

    private static ErrorKind kind(DatabaseException failure) {
        return failure instanceof ProgrammingException ? ErrorKind.PROGRAMMING : ErrorKind.OPERATIONAL;
    }

    /** {@return the table of the statement that the driver says is missing; all of them if its message is redacted} */
    private static List<String> missingTables(DatabaseException failure, String sql) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException driver && isUndefinedTable(driver)) {
                String told = String.valueOf(driver.getMessage());
                List<String> tables = TABLE.matcher(sql)
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .toList();
                return tables.stream()
                        .filter(table -> isNamed(table, told))
                        .findFirst()
                        .map(List::of)
                        .orElse(told.contains(HiddenValues.HIDDEN) ? tables : List.of());
            }
        }
        return List.of();
    }

    private static boolean isUndefinedTable(SQLException driver) {
        return UNDEFINED_TABLE.contains(String.valueOf(driver.getSQLState()))
                || String.valueOf(driver.getMessage()).contains(UNDEFINED_IN_SQLITE);
    }

    private static boolean isNamed(String table, String message) {
        return Pattern.compile("(?<!\\w)" + Pattern.quote(table) + "(?!\\w)")
                .matcher(message)
                .find();
    }

    private String message(List<String> tables) {
        String wayOut = OF_DJANGO.containsAll(tables)
                ? "run 'manage.py migrate' of the Django project, or, where there is none, apply AuthMigrations.all() with a"
                        + " MigrationExecutor, which in Spring Boot is a bean of type MigrationSource"
                : "run 'manage.py migrate' of the Django project that has it";
        return "Table '%s' is missing in database '%s': %s; or name the alias of the database that has it"
                .formatted(String.join("' or '", tables), database.alias(), wayOut);
    }
}
