package dev.mooring.auth.hashers;

import dev.mooring.error.ImproperlyConfiguredException;
import java.util.function.Supplier;

/** Where an optional library is needed. */
final class Library {

    private Library() {}

    /**
     * {@return what {@code work} does with Bouncy Castle}
     *
     * @throws ImproperlyConfiguredException if Bouncy Castle is missing
     */
    static byte[] require(String algorithm, Supplier<byte[]> work) {
        try {
            return work.get();
        } catch (NoClassDefFoundError missing) {
            throw new ImproperlyConfiguredException(
                    "Password hashes of algorithm '" + algorithm
                            + "' need Bouncy Castle, which is not on the class path"
                            + " or the module path; add org.bouncycastle:bcprov-jdk18on",
                    missing);
        }
    }
}
