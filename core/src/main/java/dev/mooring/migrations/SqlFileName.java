package dev.mooring.migrations;

import java.util.regex.Pattern;

/**
 * Which files of a folder are migrations. What is probably meant as one, but is called or placed differently, is an error
 * rather than passed over: it would never be applied.
 */
final class SqlFileName {

    private static final Pattern MIGRATION = Pattern.compile("\\w+\\.sql");
    private static final Pattern SQL = Pattern.compile("(?i).*\\.sql(?![a-z0-9]).*|.*\\.(psql|pgsql|ddl)");
    private static final Pattern BACKUP = Pattern.compile("(?i).*(~|\\.(bak|old|orig|rej|sw[a-z]|tmp))");
    private static final Pattern NUMBERED = Pattern.compile("\\d+[-_ ][^.]*");
    private static final Pattern HIDDEN = Pattern.compile("(?i)\\.\\d+[-_ ][^.]*\\.sql");

    private SqlFileName() {}

    /**
     * {@return whether the file is a migration}
     *
     * @param folder what errors call the folder
     * @param path of the file within the folder, with slashes
     * @throws BadMigrationException if it is nearly one
     */
    static boolean isMigration(String folder, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean deeper = name.length() < path.length();
        boolean meant = SQL.matcher(name).matches() && !BACKUP.matcher(name).matches();
        if (isPassedOver(path) && (deeper || !HIDDEN.matcher(name).matches())) {
            return false;
        } else if (deeper && meant) {
            throw new BadMigrationException(folder + "/" + path
                    + " is in a subfolder, which is not read; move it up, or move the subfolder elsewhere and read it"
                    + " by itself, or begin its name with an underscore to have it passed over");
        } else if (deeper || MIGRATION.matcher(name).matches()) {
            return !deeper;
        } else if (meant || NUMBERED.matcher(name).matches() || isPassedOver(path)) {
            throw new BadMigrationException(folder + "/" + path
                    + ": name it with letters, digits and underscores only, and .sql at the end, like"
                    + " 0002_add_price.sql, or begin its name with an underscore to have it passed over");
        }
        return false;
    }

    /** {@return whether the file or a folder that it is in begins with an underscore, a tilde or a dot} */
    static boolean isPassedOver(String path) {
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty() && "_~.".indexOf(part.charAt(0)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
