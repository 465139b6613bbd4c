package dev.mooring.auth.hashers;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.codec.RandomStrings;
import dev.mooring.auth.codec.Unicode;
import dev.mooring.error.ImproperlyConfiguredException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms for stored passwords: Django's {@code PASSWORD_HASHERS}.
 *
 * <p>There are two ways to live beside a Django. With {@link #forDjango} or {@link #of}, new hashes are made with the first
 * hasher, and a weaker hash is replaced at the next login, as in Django. With {@link #defaults}, nothing says what the Django
 * next door makes: a new hash then looks like the user's old one, or like the {@linkplain #learn newest} in the table, or
 * like Django 5.2's, and no hash of an algorithm that is known is ever {@linkplain PasswordCheck#CORRECT_BUT_OUTDATED
 * replaced}. ADR 37 says why.
 *
 * <p>At most half as many hashes as there are processors are computed at once in the whole JVM, in the order in which they
 * were asked for, so that a flood of logins leaves the rest of the machine alone; see {@link #withMaxConcurrentHashes}.
 *
 * <p>Thread-safe.
 */
public final class PasswordHashers {

    /**
     * The longest password, in bytes of UTF-8. A longer one cannot be set and matches nothing: hashing megabytes is how
     * Django was brought down in 2013.
     */
    public static final int MAX_PASSWORD_BYTES = 4096;

    private static final int UNUSABLE_LENGTH = 40;
    private static final byte[] NO_PASSWORD = new byte[UNUSABLE_LENGTH];
    private static final Semaphore DEFAULT_PERMITS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private final HasherList hashers;
    private final @Nullable HashExample example;
    private final Semaphore permits;
    private final SecureRandom random;
    private final AtomicReference<@Nullable Decoy> decoy = new AtomicReference<>();

    /** A hash of a password that nobody knows, and the hasher that made it. */
    private record Decoy(PasswordHasher hasher, String encoded) {}

    /** @param example null if new hashes are made by the first hasher, and weaker ones replaced */
    private PasswordHashers(HasherList hashers, @Nullable HashExample example, Semaphore permits, SecureRandom random) {
        this.hashers = hashers;
        this.example = example;
        this.permits = permits;
        this.random = random;
    }

    /** {@return every strong algorithm of Django's; new hashes look like those that are there, and none is replaced} */
    public static PasswordHashers defaults() {
        HasherList hashers = new HasherList(DjangoVersion.V5_2.strongHashers());
        return new PasswordHashers(hashers, new HashExample(hashers), DEFAULT_PERMITS, new SecureRandom());
    }

    /**
     * {@return the hashers of that Django without a setting of its own; its PBKDF2 makes new hashes}
     *
     * @param version {@code "3.2"}, {@code "4.0"} to {@code "4.2"}, {@code "5.0"} to {@code "5.2"}, {@code "6.0"} or
     *     {@code "6.1"}
     * @throws ImproperlyConfiguredException if there is no such version
     */
    public static PasswordHashers forDjango(String version) {
        return configured(DjangoVersion.of(version).hashers());
    }

    /**
     * {@return as {@link #forDjango(String)}, for a Django that has the setting {@code PASSWORD_HASHERS}}
     *
     * @param names Django's own hashers in the order of that setting, such as
     *     {@code django.contrib.auth.hashers.Argon2PasswordHasher}; none for those of the version
     * @throws ImproperlyConfiguredException if there is no such version, or a hasher is not Django's or stands there twice
     */
    public static PasswordHashers forDjango(String version, List<String> names) {
        DjangoVersion django = DjangoVersion.of(version);
        return configured(
                names.isEmpty()
                        ? django.hashers()
                        : names.stream().map(django::hasher).toList());
    }

    /**
     * {@return hashers of which {@code preferred} makes new hashes and all verify old ones}
     *
     * @throws ImproperlyConfiguredException if two are for one algorithm
     */
    public static PasswordHashers of(PasswordHasher preferred, PasswordHasher... others) {
        List<PasswordHasher> hashers = new ArrayList<>();
        hashers.add(requireNonNull(preferred, "preferred"));
        hashers.addAll(List.of(others));
        return configured(hashers);
    }

    /**
     * {@return salted MD5 and nothing else: <strong>not protection at all</strong>, whoever reads the table has the
     * passwords}
     *
     * <p>For experiments in which hashing must cost nothing. Hashes of other algorithms match nothing here, so that no login
     * can turn a strong one into MD5.
     */
    public static PasswordHashers insecureForExperiments() {
        return of(DjangoHashers.md5());
    }

    private static PasswordHashers configured(List<PasswordHasher> hashers) {
        return new PasswordHashers(new HasherList(hashers), null, DEFAULT_PERMITS, new SecureRandom());
    }

    /**
     * {@return these and more algorithms for old hashes, such as {@link DjangoHashers#sha1()}}
     *
     * @throws ImproperlyConfiguredException if two are for one algorithm
     */
    public PasswordHashers alsoReading(PasswordHasher... others) {
        List<PasswordHasher> more = new ArrayList<>(hashers.all());
        more.addAll(List.of(others));
        return with(new HasherList(more), permits, random);
    }

    /** {@return these with a limit of their own for the number of hashes that are computed at once, at least 1} */
    public PasswordHashers withMaxConcurrentHashes(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("maxConcurrentHashes must be at least 1, but was " + max);
        }
        return with(hashers, new Semaphore(max, true), random);
    }

    /** {@return these with another source of salts} */
    public PasswordHashers withRandom(SecureRandom source) {
        return with(hashers, permits, source);
    }

    private PasswordHashers with(HasherList others, Semaphore limit, SecureRandom source) {
        return new PasswordHashers(others, example == null ? null : new HashExample(others), limit, source);
    }

    /**
     * {@return the text to store for {@code password}; for null one that nothing matches}
     *
     * @throws IllegalArgumentException if it is longer than {@value #MAX_PASSWORD_BYTES} bytes of UTF-8, or holds a NUL or
     *     half of a surrogate pair: different passwords of that kind can have one hash
     * @throws ImproperlyConfiguredException if the algorithm needs a library that is missing
     */
    public String encode(@Nullable String password) {
        return encode(password, new @Nullable String[0]);
    }

    /**
     * As {@link #encode(String)}; if these {@linkplain #isFollowing follow}, like the first of {@code examples} that can be
     * followed: the user's old hash, the newest in the table.
     *
     * @param examples stored hashes, null for one that is not there
     */
    public String encode(@Nullable String password, @Nullable String... examples) {
        if (password == null) {
            return EncodedTexts.UNUSABLE_PREFIX + randomText();
        }
        byte[] bytes = requireHashable(password);
        PasswordHasher hasher = hasherFor(examples);
        return limited(() -> hasher.encode(bytes, hasher.newSalt(random)));
    }

    private String randomText() {
        return RandomStrings.next(random, UNUSABLE_LENGTH, RandomStrings.LETTERS_AND_DIGITS);
    }

    private PasswordHasher hasherFor(@Nullable String[] examples) {
        if (example != null) {
            for (String encoded : examples) {
                Optional<PasswordHasher> like = hashers.like(encoded);
                if (like.isPresent()) {
                    return like.get();
                }
            }
        }
        return current();
    }

    /**
     * {@return the password in UTF-8}
     *
     * @throws IllegalArgumentException as {@link #encode(String)} throws it
     */
    public static byte[] requireHashable(String password) {
        byte[] bytes = bytes(password);
        if (bytes == null) {
            throw new IllegalArgumentException("password must be at most " + MAX_PASSWORD_BYTES
                    + " bytes of UTF-8, without NUL and lone surrogates");
        }
        return bytes;
    }

    /** {@return whether new hashes look like those that are there: true of {@link #defaults()} alone} */
    public boolean isFollowing() {
        return example != null;
    }

    /**
     * {@return whether {@code encoded} was made of {@code password}}
     *
     * <p>Whatever cannot match costs one hash of the current kind, like a wrong password: no user (null), an unusable or
     * malformed hash, an unknown algorithm, an unacceptable password. A wrong password for a hash of another algorithm than
     * the current costs what that one costs, as in Django.
     *
     * @throws ImproperlyConfiguredException if the algorithm needs a library that is missing
     */
    public PasswordCheck check(@Nullable String password, @Nullable String encoded) {
        byte[] bytes = password == null ? null : bytes(password);
        PasswordHasher hasher = hashers.verifierOf(encoded).orElse(null);
        return limited(() -> {
            if (bytes == null || encoded == null || hasher == null) {
                verifyDecoy(bytes == null ? NO_PASSWORD : bytes);
                return PasswordCheck.WRONG;
            }
            return verify(hasher, bytes, encoded);
        });
    }

    /**
     * Takes the time of a verification that fails. Each takes one hash: the first with a hasher makes the decoy, the others
     * verify it, which is the same work as for a hash that is stored, in the same code.
     */
    private void verifyDecoy(byte[] password) {
        PasswordHasher current = current();
        Decoy known = decoy.get();
        if (known != null && known.hasher == current) {
            current.verify(password, known.encoded);
        } else {
            byte[] unknown = randomText().getBytes(StandardCharsets.UTF_8);
            decoy.set(new Decoy(current, current.encode(unknown, current.newSalt(random))));
        }
    }

    private PasswordCheck verify(PasswordHasher hasher, byte[] password, String encoded) {
        PasswordHasher current = current();
        boolean isSame = current.algorithm().equals(hasher.algorithm());
        boolean outdated = !isSame || current.mustUpdate(encoded);
        boolean correct = hasher.verify(password, encoded);
        if (!correct && outdated && isSame) {
            current.harden(password, encoded);
        }
        if (example != null) {
            example.learn(encoded);
            outdated = false;
        }
        if (!correct) {
            return PasswordCheck.WRONG;
        }
        return outdated ? PasswordCheck.CORRECT_BUT_OUTDATED : PasswordCheck.CORRECT;
    }

    /**
     * {@return whether a login should replace {@code encoded}: an algorithm that is not the first, or a weaker hash; never
     * for those of {@link #defaults()}}
     */
    public boolean mustUpdate(String encoded) {
        return example == null
                && hashers.verifierOf(encoded)
                        .filter(hasher -> hasher != hashers.first() || hasher.mustUpdate(encoded))
                        .isPresent();
    }

    /** {@return whether they want to {@link #learn} from a hash that is there, because they have seen none yet} */
    public boolean isWaitingForExample() {
        return example != null && example.isMissing();
    }

    /**
     * Takes the newest hash of a table as the example for new hashes and for the time that a user costs who does not exist.
     * A weaker one than the last example of the same algorithm changes nothing. Null, and whatever cannot be verified, is
     * the example of Django 5.2 unless there is one. Does nothing unless made by {@link #defaults}.
     */
    public void learn(@Nullable String encoded) {
        if (example != null) {
            example.learn(encoded);
        }
    }

    private PasswordHasher current() {
        return example == null ? hashers.first() : example.hasher();
    }

    /** {@return false only for what {@link #encode} makes of null: nonsense, no text and null count as usable} */
    public static boolean isUsable(@Nullable String encoded) {
        return encoded == null || EncodedTexts.isUsable(encoded);
    }

    /**
     * {@return the algorithm that {@code encoded} claims to be of; empty if none of these}
     *
     * <p>Django's {@code identify_hasher}, which raises {@code ValueError} instead.
     */
    public Optional<String> identify(String encoded) {
        return hashers.identify(encoded).map(PasswordHasher::algorithm);
    }

    /** Not interruptible: the wait is as long as the hashes before it, and a login has no better answer. */
    private <T> T limited(Supplier<T> work) {
        permits.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private static byte @Nullable [] bytes(String password) {
        if (password.length() > MAX_PASSWORD_BYTES || !Unicode.isStorable(password)) {
            return null;
        }
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return bytes.length > MAX_PASSWORD_BYTES ? null : bytes;
    }
}
