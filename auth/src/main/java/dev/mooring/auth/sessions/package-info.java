/** Django's sessions, in its table {@code django_session} and its format. */
package dev.mooring.auth.sessions;
