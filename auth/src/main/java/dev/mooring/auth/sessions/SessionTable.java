package dev.mooring.auth.sessions;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.auth.tables.DjangoTables;
import dev.mooring.error.IntegrityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on {@code django_session}. Thread-safe. */
final class SessionTable {

    private static final String APP = "sessions";
    private static final String TABLE = "django_session";

    private static final String SELECT =
            "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s";
    private static final String INSERT =
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)";
    private static final String UPDATE =
            "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s";
    private static final String DELETE = "DELETE FROM django_session WHERE session_key = %s";
    private static final String DELETE_EXPIRED = "DELETE FROM django_session WHERE expire_date < %s";

    private final Databases databases;
    private final @Nullable String alias;

    /** @param alias null to ask the routers */
    SessionTable(Databases databases, @Nullable String alias) {
        this.databases = databases;
        this.alias = alias;
    }

    /** {@return the data of the session, if there is one and it has not expired} */
    Optional<String> find(String key, Instant now) {
        Database database = alias == null ? databases.forRead(APP, TABLE) : databases.using(alias);
        return new DjangoTables(database)
                .query(SELECT, key, micros(now)).stream().findFirst().map(row -> row.getString("session_data"));
    }

    /** {@return whether there was no session with that key yet} */
    boolean insert(String key, String data, Instant expires) {
        Database database = forWrite();
        try {
            database.atomic(() -> new DjangoTables(database).execute(INSERT, key, data, micros(expires)));
            return true;
        } catch (IntegrityException e) {
            return false;
        }
    }

    /** {@return whether there is such a session} */
    boolean update(String key, String data, Instant expires) {
        Database database = forWrite();
        return database.atomic(() -> new DjangoTables(database).execute(UPDATE, data, micros(expires), key)) > 0;
    }

    void delete(String key) {
        new DjangoTables(forWrite()).execute(DELETE, key);
    }

    int deleteExpired(Instant now) {
        return new DjangoTables(forWrite()).execute(DELETE_EXPIRED, micros(now));
    }

    private Database forWrite() {
        return alias == null ? databases.forWrite(APP, TABLE) : databases.using(alias);
    }

    private static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
