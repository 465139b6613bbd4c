/**
 * Spring Security on Django's tables: its users, permissions, passwords and sessions.
 *
 * <p>{@link dev.mooring.spring.security.DjangoHttpSecurity} puts the parts together.
 */
@org.jspecify.annotations.NullMarked
package dev.mooring.spring.security;
