package dev.mooring.benchmarks.auth;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.benchmarks.rival.Rival;
import dev.mooring.benchmarks.rival.Rivals;
import dev.mooring.benchmarks.rival.Target;

/** Something that checks names and passwords against the table of users. Thread-safe. */
public interface Login extends AutoCloseable {

    /** {@return {@code authenticate()} for ours, else hand-written JDBC on a peer's pool, with the same hashers} */
    static Login open(String rival, Target target, int connections, PasswordHashers hashers) throws Exception {
        return rival.equals(Rivals.MOORING)
                ? new MooringLogin(target.databases(connections), hashers)
                : new JdbcLogin(Rivals.open(rival, target, connections), hashers);
    }

    /** {@return hand-written JDBC on {@code connections}} */
    static Login on(Rival connections, PasswordHashers hashers) throws Exception {
        return new JdbcLogin(connections, hashers);
    }

    /** {@return whether that is the password of an active user of that name} */
    boolean isRight(String username, String password) throws Exception;

    @Override
    void close();

    /** Mooring, as an application calls it. */
    final class MooringLogin implements Login {

        private final Databases databases;
        private final Authenticator authenticator;

        MooringLogin(Databases databases, PasswordHashers hashers) {
            this.databases = databases;
            authenticator = Authenticator.of(Accounts.users(databases, hashers));
        }

        @Override
        public boolean isRight(String username, String password) {
            return authenticator.authenticate(null, username, password).isPresent();
        }

        @Override
        public void close() {
            databases.close();
        }
    }
}
