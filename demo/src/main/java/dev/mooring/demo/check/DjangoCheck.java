package dev.mooring.demo.check;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.text.Messages;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.LeaseTimeoutException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
        Set<String> tables = Set.copyOf(database.tableNames());
        boolean users = tables.contains("auth_user");
        boolean sessions = tables.contains("django_session");
        look(findings, "tables", new TablesCheck(database)::run);
        settings.ifPresent(given -> findings.addAll(new SettingsCheck(database, given, keys).run()));
        if (users && sessions) {
            look(findings, "sessions", new SessionsCheck(databases, keys, clock)::run);
            look(findings, "time zone", new TimeZoneCheck(database, clock)::run);
        }
        if (users) {
            look(findings, "passwords", new PasswordsCheck(database)::run);
        }
        switch (database.backend().engine()) {
            case "postgresql" -> {
                look(
                        findings,
                        "connections",
                        () -> List.of(
                                ConnectionsCheck.ofPostgres(database, instances).run()));
                look(findings, "pooler", () -> List.of(new PoolerCheck(database.settings()).run()));
            }
            case "mariadb" ->
                look(
                        findings,
                        "connections",
                        () -> List.of(
                                ConnectionsCheck.ofMariadb(database, instances).run()));
            case "sqlite3" -> look(findings, "SQLite", new SqliteCheck(database, python)::run);
            default -> {}
        }
        return findings;
    }

    /** What one check may not read, or finds broken, keeps nothing back of what the others find. */
    private static void look(List<Finding> findings, String subject, Supplier<List<Finding>> check) {
        try {
            findings.addAll(check.get());
        } catch (LeaseTimeoutException e) { // the server has gone
            throw e;
        } catch (DatabaseException e) {
            findings.add(Finding.fail(
                    subject, "Could not be looked at: " + Messages.chain(e), "Mend that, and run this again"));
        }
    }
}
