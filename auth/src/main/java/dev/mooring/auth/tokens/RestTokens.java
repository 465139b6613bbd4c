package dev.mooring.auth.tokens;

import static java.util.Objects.requireNonNull;

import dev.mooring.Database;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.codec.Unicode;
import dev.mooring.auth.tables.DjangoTables;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens in Django REST framework's table {@code authtoken_token}, read only: its {@code TokenAuthentication}.
 *
 * <p>One SELECT for the token, one for the user. Safe for use by several threads.
 */
public final class RestTokens {

    private static final int LONGEST_KEY = 40;
    private static final String KEYWORD = "Token";

    private final DjangoTables tables;
    private final Users users;
    private final String select;

    private RestTokens(Database database, Users users) {
        tables = new DjangoTables(requireNonNull(database, "database"));
        this.users = requireNonNull(users, "users");
        String key = database.backend().dialect().quoteName("key");
        select = "SELECT user_id FROM authtoken_token WHERE " + key + " = %s";
    }

    /** {@return the tokens in {@code database}, for these users} */
    public static RestTokens of(Database database, Users users) {
        return new RestTokens(database, users);
    }

    /**
     * {@return the active user whose token the header holds}
     *
     * @param authorization the header {@code Authorization}, such as {@code Token 9944b09199c62bcf9418ad846dd0e4bb}; null for
     *     none
     */
    public Optional<User> authenticateHeader(@Nullable String authorization) {
        return Headers.credential(authorization, KEYWORD).flatMap(this::authenticate);
    }

    /** {@return the active user whose token that is} Takes any text. */
    public Optional<User> authenticate(String token) {
        boolean possible = !token.isEmpty() && token.length() <= LONGEST_KEY && Unicode.isVisibleAscii(token);
        if (!possible) {
            return Optional.empty();
        }
        return tables.query(select, token).stream()
                .findFirst()
                .map(row -> Objects.toString(row.get("user_id"), ""))
                .flatMap(users::findByIdText)
                .filter(User::isActive);
    }
}
