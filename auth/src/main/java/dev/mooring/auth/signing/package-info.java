/** Django's {@code django.core.signing}: texts and values that only who knows the secret key can have made. */
package dev.mooring.auth.signing;
