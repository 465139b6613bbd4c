package dev.mooring;

import dev.mooring.config.DatabaseSettings;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks routers in order; the first that has an opinion is right. Thread-safe. */
record Routers(List<DatabaseRouter> inOrder) {

    String forRead(String app, @Nullable String table) {
        return first(router -> router.dbForRead(app, table), DatabaseSettings.DEFAULT_ALIAS);
    }

    String forWrite(String app, @Nullable String table) {
        return first(router -> router.dbForWrite(app, table), DatabaseSettings.DEFAULT_ALIAS);
    }

    boolean allowMigrate(String alias, String app, @Nullable String table) {
        return first(router -> router.allowMigrate(alias, app, table), true);
    }

    private <T> T first(Function<DatabaseRouter, @Nullable T> question, T otherwise) {
        return inOrder.stream()
                .<@Nullable T>map(question)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(otherwise);
    }
}
