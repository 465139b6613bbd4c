package dev.mooring.demo.check;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at a database that a Django uses too for what does not match. It only reads, and prints no secret.
 *
 * @param keys the secret keys that are to be those of Django, if they were given
 * @param settings Django's settings, if they were given
 * @param instances how many processes like this one are to run
 * @param python the interpreter that Django runs on, if it may be asked
 * @param clock what time it is
 */
public record DjangoCheck(
        Optional<SecretKeys> keys,
        Optional<DjangoSettings> settings,
        int instances,
        Optional<Path> python,
        InstantSource clock) {

    /** {@return what was found in the default database, in the order in which to mend it} */
    public List<Finding> run(Databases databases) {
        Database database = databases.using(DatabaseSettings.DEFAULT_ALIAS);
        List<Finding> findings = new ArrayList<>(new ServiceCheck(database.settings()).run());
        findings.addAll(new TablesCheck(database).run());
        settings.ifPresent(given -> findings.addAll(new SettingsCheck(database, given, keys).run()));
        Set<String> tables = Set.copyOf(database.tableNames());
        boolean users = tables.contains("auth_user");
        boolean sessions = tables.contains("django_session");
        if (users && sessions) {
            findings.addAll(new SessionsCheck(databases, keys, clock).run());
            findings.addAll(new TimeZoneCheck(database, clock).run());
        }
        if (users) {
            findings.addAll(new PasswordsCheck(database).run());
        }
        switch (database.backend().engine()) {
            case "postgresql" -> {
                findings.add(ConnectionsCheck.ofPostgres(database, instances).run());
                findings.add(new PoolerCheck(database.settings()).run());
            }
            case "mariadb" ->
                findings.add(ConnectionsCheck.ofMariadb(database, instances).run());
            case "sqlite3" -> findings.addAll(new SqliteCheck(database, python).run());
            default -> {}
        }
        return findings;
    }
}
