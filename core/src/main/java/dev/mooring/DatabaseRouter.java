package dev.mooring;

import org.jspecify.annotations.Nullable;

/**
 * Says which database the tables of an app are in: an entry of Django's {@code DATABASE_ROUTERS}. Null means no opinion,
 * and the next router is asked. Called on any thread, so keep no state that is not thread-safe.
 *
 * <pre>{@code
 * Databases.builder().add(main).add(logs).router(new DatabaseRouter() {
 *     @Override
 *     public @Nullable String dbForWrite(String app, @Nullable String table) {
 *         return app.equals("audit") ? "logs" : null;
 *     }
 * })
 * }</pre>
 */
public interface DatabaseRouter {

    /** {@return the alias to read from; null for no opinion} {@code table} is null where none is known. */
    default @Nullable String dbForRead(String app, @Nullable String table) {
        return null;
    }

    /** {@return the alias to write to; null for no opinion} {@code table} is null where none is known. */
    default @Nullable String dbForWrite(String app, @Nullable String table) {
        return null;
    }

    /**
     * {@return whether migrations of {@code app} may change the database {@code alias}; null for no opinion} Asked for
     * each operation, done or undone, about the table that it leaves behind or drops; {@code table} is null for SQL and
     * code. What is not allowed is passed over, and the migration is recorded all the same, as in Django.
     */
    default @Nullable Boolean allowMigrate(String alias, String app, @Nullable String table) {
        return null;
    }
}
