/** Django's sessions, in its table {@code django_session} and its format, and the login that they remember. */
package dev.mooring.auth.sessions;
