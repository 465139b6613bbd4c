/** Django's rules for new passwords, its {@code AUTH_PASSWORD_VALIDATORS}. */
package dev.mooring.auth.validation;
