package dev.mooring.demo.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.mooring.Database;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Which hashes the newest users have, and whether they can be verified. */
final class PasswordsCheck {

    private static final String SUBJECT = "passwords";
    private static final String UNUSABLE = "unusable ones";
    private static final String NEWEST = "SELECT password FROM auth_user ORDER BY id DESC LIMIT 1000";
    private static final List<String> VERSIONS = List.of("6.1", "6.0", "5.2", "5.1", "5.0", "4.2", "4.1", "4.0", "3.2");
    private static final PasswordHashers READ = PasswordHashers.defaults();
    private static final PasswordHashers OLD = PasswordHashers.of(
            DjangoHashers.md5(), DjangoHashers.sha1(), DjangoHashers.unsaltedMd5(), DjangoHashers.unsaltedSha1());

    private final Database database;

    PasswordsCheck(Database database) {
        this.database = database;
    }

    List<Finding> run() {
        List<String> hashes = database.query(NEWEST).stream()
                .map(row -> row.getString("password"))
                .toList();
        Predicate<String> usable = PasswordHashers::isUsable;
        Predicate<String> read = hash -> READ.identify(hash).isPresent();
        Predicate<String> old = hash -> OLD.identify(hash).isPresent();
        List<Finding> findings = new ArrayList<>();
        String unknown = kinds(hashes, usable.and(read.negate()).and(old.negate()));
        if (!unknown.isEmpty()) {
            findings.add(Finding.fail(
                    SUBJECT,
                    "Of the newest users, these have hashes that nothing here verifies: " + unknown,
                    "Write a PasswordHasher for them, or have Django replace them"));
        }
        String outdated = kinds(hashes, usable.and(old));
        if (!outdated.isEmpty()) {
            findings.add(Finding.warn(
                    SUBJECT,
                    "Of the newest users, these have hashes that are no protection: " + outdated,
                    "They are verified only with PasswordHashers.alsoReading(DjangoHashers.md5()) and its like"));
        }
        String good = kinds(hashes, usable.negate().or(read));
        if (findings.isEmpty() || !good.isEmpty()) {
            findings.add(
                    Finding.ok(SUBJECT, good.isEmpty() ? "There is no user yet" : "The newest users have " + good));
        }
        return findings;
    }

    private static String kinds(List<String> hashes, Predicate<String> wanted) {
        Map<String, Long> kinds =
                hashes.stream().filter(wanted).collect(groupingBy(PasswordsCheck::kind, TreeMap::new, counting()));
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + ": " + kind.getValue())
                .collect(joining(", "));
    }

    private static String kind(String hash) {
        if (!PasswordHashers.isUsable(hash)) {
            return UNUSABLE;
        }
        String[] parts = hash.split("\\$", 3);
        String algorithm =
                READ.identify(hash).or(() -> OLD.identify(hash)).orElse(parts.length == 1 ? "no algorithm" : parts[0]);
        return algorithm.startsWith("pbkdf2") && parts.length == 3
                ? algorithm + " with " + parts[1] + " iterations" + strength(hash)
                : algorithm;
    }

    private static String strength(String hash) {
        return VERSIONS.stream()
                .filter(version -> !PasswordHashers.forDjango(version).mustUpdate(hash))
                .findFirst()
                .map(version -> " (as strong as Django " + version + "'s)")
                .orElse(" (weaker than Django 3.2's)");
    }
}
