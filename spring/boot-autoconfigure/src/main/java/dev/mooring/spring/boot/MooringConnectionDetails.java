package dev.mooring.spring.boot;

import org.jspecify.annotations.Nullable;

/**
 * Where a container or a service that Spring Boot manages has its database: Spring Boot's {@code JdbcConnectionDetails}, which has
 * another package in each generation.
 *
 * @param url the JDBC URL
 * @param username the user; null to leave it to the URL
 * @param password the password; null to leave it to the URL
 */
public record MooringConnectionDetails(
        String url, @Nullable String username, @Nullable String password) {

    /** {@return the URL's database, without its parameters and the password} */
    @Override
    public String toString() {
        return "MooringConnectionDetails";
    }
}
