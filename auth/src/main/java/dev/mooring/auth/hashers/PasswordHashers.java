package dev.mooring.auth.hashers;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.codec.RandomStrings;
import dev.mooring.auth.codec.Unicode;
import dev.mooring.error.ImproperlyConfiguredException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(PasswordHashers.class);
    private static final String UNUSABLE_PREFIX = "!";
    private static final int UNUSABLE_LENGTH = 40;
    /** Django's column holds 128; what is far longer was not made by a hasher. */
    private static final int MAX_ENCODED_LENGTH = 1024;

    private static final Semaphore DEFAULT_PERMITS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private final PasswordHasher preferred;
    private final Map<String, PasswordHasher> byAlgorithm;
    private final @Nullable AtomicReference<@Nullable PasswordHasher> followed;
    private final Semaphore permits;
    private final SecureRandom random;

    private PasswordHashers(List<PasswordHasher> hashers, boolean follows, Semaphore permits, SecureRandom random) {
        this.preferred = hashers.get(0);
        this.byAlgorithm = byAlgorithm(hashers);
        this.followed = follows ? new AtomicReference<>() : null;
        this.permits = permits;
        this.random = random;
    }

    private static Map<String, PasswordHasher> byAlgorithm(List<PasswordHasher> hashers) {
        Map<String, PasswordHasher> byAlgorithm = new LinkedHashMap<>();
        for (PasswordHasher hasher : hashers) {
            String algorithm = hasher.algorithm();
            if (algorithm.isEmpty() || algorithm.contains("$")) {
                throw new ImproperlyConfiguredException(
                        "Password hasher " + hasher.getClass().getName() + " calls its algorithm '" + algorithm
                                + "'; the name must not be empty or contain '$'");
            }
            if (byAlgorithm.putIfAbsent(algorithm, hasher) != null) {
                throw new ImproperlyConfiguredException(
                        "Two password hashers for the algorithm '" + algorithm + "'; leave one out");
            }
        }
        return byAlgorithm;
    }

    /** {@return every strong algorithm of Django's; new hashes look like those that are there, and none is replaced} */
    public static PasswordHashers defaults() {
        return make(DjangoVersion.V5_2.strongHashers(), true);
    }

    /**
     * {@return the hashers of that Django without a setting of its own; its PBKDF2 makes new hashes}
     *
     * @param version {@code "3.2"}, {@code "4.0"} to {@code "4.2"}, {@code "5.0"} to {@code "5.2"}, {@code "6.0"} or
     *     {@code "6.1"}
     * @throws ImproperlyConfiguredException if there is no such version
     */
    public static PasswordHashers forDjango(String version) {
        return make(DjangoVersion.of(version).hashers(), false);
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
        return make(hashers, false);
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

    private static PasswordHashers make(List<PasswordHasher> hashers, boolean follows) {
        return new PasswordHashers(hashers, follows, DEFAULT_PERMITS, new SecureRandom());
    }

    /**
     * {@return these and more algorithms for old hashes, such as {@link DjangoHashers#sha1()}}
     *
     * @throws ImproperlyConfiguredException if two are for one algorithm
     */
    public PasswordHashers alsoReading(PasswordHasher... others) {
        List<PasswordHasher> hashers = new ArrayList<>(byAlgorithm.values());
        hashers.addAll(List.of(others));
        return new PasswordHashers(hashers, followed != null, permits, random);
    }

    /** {@return these with a limit of their own for the number of hashes that are computed at once, at least 1} */
    public PasswordHashers withMaxConcurrentHashes(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("maxConcurrentHashes must be at least 1, but was " + max);
        }
        return new PasswordHashers(
                new ArrayList<>(byAlgorithm.values()), followed != null, new Semaphore(max, true), random);
    }

    /** {@return these with another source of salts} */
    public PasswordHashers withRandom(SecureRandom source) {
        return new PasswordHashers(new ArrayList<>(byAlgorithm.values()), followed != null, permits, source);
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
            return UNUSABLE_PREFIX + randomText();
        }
        byte[] bytes = requireHashable(password);
        PasswordHasher hasher = hasherFor(examples);
        return limited(() -> hasher.encode(bytes, hasher.newSalt(random)));
    }

    private String randomText() {
        return RandomStrings.next(random, UNUSABLE_LENGTH, RandomStrings.LETTERS_AND_DIGITS);
    }

    private PasswordHasher hasherFor(@Nullable String[] examples) {
        if (followed != null) {
            for (String example : examples) {
                Optional<PasswordHasher> like = like(example);
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
        return followed != null;
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
        PasswordHasher hasher = encoded == null ? null : verifierOf(encoded);
        return limited(() -> {
            if (bytes == null || encoded == null || hasher == null) {
                PasswordHasher current = current();
                current.encode(randomText().getBytes(StandardCharsets.UTF_8), current.newSalt(random));
                return PasswordCheck.WRONG;
            }
            return verify(hasher, bytes, encoded);
        });
    }

    private PasswordCheck verify(PasswordHasher hasher, byte[] password, String encoded) {
        PasswordHasher current = current();
        boolean isSame = current.algorithm().equals(hasher.algorithm());
        boolean outdated = !isSame || current.mustUpdate(encoded);
        boolean correct = hasher.verify(password, encoded);
        if (!correct && outdated && isSame) {
            current.harden(password, encoded);
        }
        if (followed != null) {
            learn(encoded);
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
        PasswordHasher hasher = verifierOf(encoded);
        return followed == null && hasher != null && (hasher != preferred || hasher.mustUpdate(encoded));
    }

    /** {@return whether they want to {@link #learn} from a hash that is there, because they have seen none yet} */
    public boolean isWaitingForExample() {
        return followed != null && followed.get() == null;
    }

    /**
     * Takes the newest hash of a table as the example for new hashes and for the time that a user costs who does not exist.
     * A weaker one than the last example of the same algorithm changes nothing. Null, and whatever cannot be verified, is
     * the example of Django 5.2 unless there is one. Does nothing unless made by {@link #defaults}.
     */
    public void learn(@Nullable String encoded) {
        if (followed == null) {
            return;
        }
        PasswordHasher last = followed.get();
        PasswordHasher example = like(encoded).orElse(null);
        if (example == null) {
            followed.compareAndSet(null, preferred);
        } else if (last == null || last == preferred || isStronger(requireNonNull(encoded), last)) {
            followed.set(example);
        }
    }

    private boolean isStronger(String encoded, PasswordHasher last) {
        PasswordHasher hasher = verifierOf(encoded);
        return hasher != null && hasher.algorithm().equals(last.algorithm()) && !last.mustUpdate(encoded);
    }

    private PasswordHasher current() {
        PasswordHasher example = followed == null ? null : followed.get();
        return example == null ? preferred : example;
    }

    private Optional<PasswordHasher> like(@Nullable String encoded) {
        PasswordHasher hasher = encoded == null ? null : verifierOf(encoded);
        return hasher == null || encoded == null ? Optional.empty() : hasher.like(encoded);
    }

    /** {@return false only for what {@link #encode} makes of null: nonsense, no text and null count as usable} */
    public static boolean isUsable(@Nullable String encoded) {
        return encoded == null || !encoded.startsWith(UNUSABLE_PREFIX);
    }

    /**
     * {@return the algorithm that {@code encoded} claims to be of; empty if none of these}
     *
     * <p>Django's {@code identify_hasher}, which raises {@code ValueError} instead.
     */
    public Optional<String> identify(String encoded) {
        return Optional.ofNullable(hasherOf(encoded)).map(PasswordHasher::algorithm);
    }

    private @Nullable PasswordHasher hasherOf(String encoded) {
        if (!isUsable(encoded) || encoded.length() > MAX_ENCODED_LENGTH) {
            return null;
        }
        for (PasswordHasher hasher : byAlgorithm.values()) {
            if (hasher.identifies(encoded)) {
                return hasher;
            }
        }
        return null;
    }

    private @Nullable PasswordHasher verifierOf(String encoded) {
        PasswordHasher hasher = hasherOf(encoded);
        if (hasher == null) {
            return null;
        }
        if (!hasher.canVerify(encoded)) {
            LOG.debug("A stored password hash of algorithm '{}' is malformed or asks for too much", hasher.algorithm());
            return null;
        }
        return hasher;
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
