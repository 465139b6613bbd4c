package dev.mooring.demo;

import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.error.ImproperlyConfiguredException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Django's secret key comes from: never from the command line, which other users of the machine can read. */
final class SecretKeyOption {

    static final String VARIABLE = "SECRET_KEY";

    private static final int RANDOM_BITS = 256;

    @Option(
            names = "--secret-key-file",
            paramLabel = "FILE",
            description = {
                "A file with Django's SECRET_KEY in its first line, and former keys",
                "(SECRET_KEY_FALLBACKS) in further ones. Default: the environment variable",
                VARIABLE + "."
            })
    private @Nullable Path file;

    /** {@return the keys that were given; empty if none were} */
    Optional<SecretKeys> find(Terminal terminal) {
        if (file != null) {
            return Optional.of(read(file));
        }
        return Optional.ofNullable(terminal.environment().get(VARIABLE))
                .filter(key -> !key.isEmpty())
                .map(SecretKeys::of);
    }

    /** {@return a key that nobody else has} */
    static SecretKeys random() {
        return SecretKeys.of(new BigInteger(RANDOM_BITS, new SecureRandom()).toString(Character.MAX_RADIX));
    }

    private static SecretKeys read(Path file) {
        try {
            List<String> keys = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (keys.isEmpty()) {
                throw new ImproperlyConfiguredException(
                        "--secret-key-file: '" + file + "' is empty; put Django's SECRET_KEY into its first line");
            }
            return SecretKeys.of(keys.get(0), keys.subList(1, keys.size()).toArray(String[]::new));
        } catch (IOException e) {
            throw new ImproperlyConfiguredException("--secret-key-file: cannot read '" + file + "': " + e, e);
        }
    }
}
