package dev.mooring.kit;

import dev.mooring.Databases;
import dev.mooring.DatabasesBuilder;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.Migration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What test databases are made of.
 *
 * @param settings of the databases as configured, by alias
 * @param names of the test databases, by alias, where they were chosen
 * @param migrations by alias
 * @param databases what else the {@code Databases} of a test are built with
 * @param setUp what is put into each copy
 * @param creations by engine
 * @param keep whether the originals outlive the run
 */
record TestPlan(
        Map<String, DatabaseSettings> settings,
        Map<String, String> names,
        Map<String, List<Migration>> migrations,
        Consumer<DatabasesBuilder> databases,
        Consumer<Databases> setUp,
        Map<String, Function<DatabaseSettings, DatabaseCreation>> creations,
        boolean keep) {

    /** {@return databases with these settings, for the aliases that are in the plan} */
    Databases open(Map<String, DatabaseSettings> present) {
        DatabasesBuilder builder = Databases.builder();
        databases.accept(builder);
        present.values().forEach(builder::add);
        return builder.build();
    }

    /** {@return what makes the databases of {@code alias}, whose engine is {@code engine}} */
    DatabaseCreation creation(String alias, String engine) {
        DatabaseSettings configured = Optional.ofNullable(settings.get(alias)).orElseThrow();
        Function<DatabaseSettings, DatabaseCreation> chosen = creations.get(engine);
        if (chosen != null) {
            return chosen.apply(configured);
        }
        return switch (engine) {
            case "postgresql" -> new PostgresCreation(configured);
            case "mariadb" -> new MariadbCreation(configured);
            case "sqlite3" ->
                configured.name().equals(":memory:") ? new MemoryCreation(configured) : new SqliteCreation(configured);
            default ->
                throw new IllegalStateException(
                        ("Nothing is known of how a test database of the engine '%s' is created (alias '%s'): give the "
                                        + "TestDatabase a creation(\"%s\", ...)")
                                .formatted(engine, alias, engine));
        };
    }
}
