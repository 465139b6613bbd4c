package dev.mooring.benchmarks.auth;

import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.benchmarks.rival.Rival;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A login as one writes it by hand: the row by its name, all of its columns, and the hash once the connection is back. */
final class JdbcLogin implements Login {

    private static final String SELECT =
            "SELECT id, password, last_login, is_superuser, username, first_name, last_name,"
                    + " email, is_staff, is_active, date_joined FROM auth_user WHERE username = ?";

    private final Rival pool;
    private final PasswordHashers hashers;
    private final boolean hasTimestamps;

    private record Account(
            long id,
            String password,
            @Nullable OffsetDateTime lastLogin,
            boolean superuser,
            String username,
            String firstName,
            String lastName,
            String email,
            boolean staff,
            boolean active,
            @Nullable OffsetDateTime dateJoined) {}

    JdbcLogin(Rival pool, PasswordHashers hashers) throws Exception {
        this.pool = pool;
        this.hashers = hashers;
        AtomicReference<@Nullable String> product = new AtomicReference<>();
        pool.hold(connection -> product.set(connection.getMetaData().getDatabaseProductName()));
        hasTimestamps = "PostgreSQL".equals(product.get());
    }

    @Override
    public boolean isRight(String username, String password) throws Exception {
        AtomicReference<@Nullable Account> found = new AtomicReference<>();
        pool.hold(connection -> found.set(find(connection, username)));
        Account account = found.get();
        return hashers.check(password, account == null ? null : account.password)
                        .isCorrect()
                && account != null
                && account.active;
    }

    private @Nullable Account find(Connection connection, String username) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setString(1, username);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? account(rows) : null;
            }
        }
    }

    private Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getLong(1),
                row.getString(2),
                moment(row, 3),
                row.getBoolean(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getBoolean(9),
                row.getBoolean(10),
                moment(row, 11));
    }

    /** SQLite has Django's text. */
    private @Nullable OffsetDateTime moment(ResultSet row, int column) throws SQLException {
        if (hasTimestamps) {
            return row.getObject(column, OffsetDateTime.class);
        }
        String text = row.getString(column);
        return text == null ? null : LocalDateTime.parse(text.replace(' ', 'T')).atOffset(ZoneOffset.UTC);
    }

    @Override
    public void close() {
        pool.close();
    }
}
