package dev.mooring.auth;

import dev.mooring.Row;

/** A user and the stored password, which leaves this package never. */
record Account(User user, String encodedPassword) {

    static Account of(Row row) {
        return new Account(User.of(row), row.getString("password"));
    }

    @Override
    public String toString() {
        return user.toString();
    }
}
