package dev.mooring.benchmarks.auth;

import static java.util.stream.Collectors.joining;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.benchmarks.rival.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Whether the time of a failed login tells if the user exists. Each kind of user is tried equally often, in random order; the
 * area under the curve is the probability that a login of that kind took longer than one of a known user, so 0.5 tells
 * nothing.
 *
 * <p>Its arguments are {@code sqlite} or {@code postgres}, the logins of each kind, and the iterations of PBKDF2: 50,000 take
 * about 10 ms, 1 shows what is there besides the hash. The figures in {@code docs/auth.md} are from here.
 */
public final class LoginTimes {

    private static final int NAMES = 100;
    private static final int WARM_UP = 1_000;
    private static final int SEED = 14;

    /** A kind of user; the letter is in their names, which are all of one length. */
    private enum Kind {
        KNOWN('a'),
        KNOWN_AGAIN('b'),
        UNKNOWN('c'),
        INACTIVE('d'),
        UNUSABLE('e');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    private record Attempt(Kind kind, String username) {}

    private final Authenticator authenticator;
    private final Random random = new Random(SEED);

    private LoginTimes(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    public static void main(String[] arguments) throws Exception {
        int logins = Integer.parseInt(arguments[1]);
        int iterations = Integer.parseInt(arguments[2]);
        try (Place place = Place.open(arguments[0]);
                Databases databases = place.target().databases(1)) {
            Users users = Accounts.migrate(databases, PasswordHashers.of(DjangoHashers.pbkdf2Sha256(iterations)));
            LoginTimes times = new LoginTimes(Authenticator.of(users));
            times.fill(users);
            times.measure(WARM_UP / Kind.values().length);
            times.print(times.measure(logins));
        }
    }

    /** The names that no user has lie between those of users. */
    private void fill(Users users) {
        for (int i = 0; i < NAMES; i++) {
            for (Kind kind : Kind.values()) {
                if (kind != Kind.UNKNOWN) {
                    User user = users.createUser(name(kind, i), null, kind == Kind.UNUSABLE ? null : Accounts.PASSWORD);
                    users.update(user, Map.of("is_active", kind != Kind.INACTIVE, "first_name", "Alice"));
                }
            }
        }
    }

    private static String name(Kind kind, int number) {
        return "%03d-user-%c".formatted(number, kind.letter);
    }

    private Map<Kind, long[]> measure(int logins) {
        List<Attempt> attempts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < logins; i++) {
                attempts.add(new Attempt(kind, name(kind, i % NAMES)));
            }
        }
        Collections.shuffle(attempts, random);
        Map<Kind, long[]> times = new EnumMap<>(Kind.class);
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        for (Attempt attempt : attempts) {
            int count = counts.merge(attempt.kind, 1, Integer::sum);
            times.computeIfAbsent(attempt.kind, kind -> new long[logins])[count - 1] = nanos(attempt.username);
        }
        times.values().forEach(Arrays::sort);
        return times;
    }

    private long nanos(String username) {
        long start = System.nanoTime();
        boolean found = authenticator.authenticate(null, username, "wrong").isPresent();
        long end = System.nanoTime();
        if (found) {
            throw new IllegalStateException("A wrong password was taken for right");
        }
        return end - start;
    }

    private void print(Map<Kind, long[]> times) {
        long[] known = times.getOrDefault(Kind.KNOWN, new long[0]);
        System.out.println(times.entrySet().stream()
                .map(entry -> "%-11s median %9.1f us, 1st decile %9.1f us, area under the curve %.3f"
                        .formatted(
                                entry.getKey(),
                                quantile(entry.getValue(), 0.5),
                                quantile(entry.getValue(), 0.1),
                                areaUnderCurve(entry.getValue(), known)))
                .collect(joining(System.lineSeparator())));
    }

    private static double quantile(long[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))] / 1_000.0;
    }

    /** {@return the probability that one of {@code these} is greater than one of {@code those}, both sorted} Ties are halves. */
    private static double areaUnderCurve(long[] these, long[] those) {
        double greater = 0;
        int below = 0;
        int notAbove = 0;
        for (long value : these) {
            while (below < those.length && those[below] < value) {
                below++;
            }
            while (notAbove < those.length && those[notAbove] <= value) {
                notAbove++;
            }
            greater += (below + notAbove) / 2.0;
        }
        return greater / these.length / those.length;
    }
}
