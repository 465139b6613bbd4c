package dev.mooring.auth;

/**
 * A row of Django's {@code auth_group}.
 *
 * @param id the primary key
 * @param name unique, at most 150 characters
 */
public record Group(long id, String name) {}
