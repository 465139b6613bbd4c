package dev.mooring.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordCheck;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.django.RealDjango;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The real Django and this library agree about 1,000 passwords. */
class PasswordHashesOfDjangoTest {

    private static final int COUNT = 1000;
    private static final long SEED = 30_441;

    private final PasswordHashers hashers = PasswordHashers.of(DjangoHashers.pbkdf2Sha256(10));
    private final List<String> passwords = randomPasswords();

    @TempDir
    private Path directory;

    @Test
    void areVerifiedHere(TestInfo test) throws IOException {
        List<String> encoded = ask(RealDjango.require(test), passwords, """
            from django.contrib.auth.hashers import PBKDF2PasswordHasher
            hasher = PBKDF2PasswordHasher()
            answer = lambda password: hasher.encode(password, hasher.salt(), iterations=10)
            """);

        for (int i = 0; i < COUNT; i++) {
            assertThat(hashers.check(passwords.get(i), encoded.get(i))).isEqualTo(PasswordCheck.CORRECT);
            assertThat(hashers.check(passwords.get(i) + "x", encoded.get(i))).isEqualTo(PasswordCheck.WRONG);
        }
    }

    @Test
    void madeHereAreVerifiedThere(TestInfo test) throws IOException {
        List<String> questions = new ArrayList<>();
        for (String password : passwords) {
            questions.add(hashers.encode(password) + " " + password);
        }

        List<String> answers = ask(RealDjango.require(test), questions, """
            from django.contrib.auth.hashers import check_password
            answer = lambda question: check_password(*reversed(question.split(' ', 1)))
            """);

        assertThat(answers).containsOnly("True");
    }

    /** Asks about many texts at once; Python splits them at the letter Y with a hook, which no question holds. */
    private List<String> ask(RealDjango django, List<String> questions, String definition) throws IOException {
        Path file = directory.resolve("questions");
        Files.writeString(file, String.join("\u01b3", questions), UTF_8);
        String loop = """
            text = open(%s, encoding='utf-8', newline='').read()
            for question in text.split('\\u01b3'):
                print(answer(question))
            """.formatted(Python.literal(file.toString()));

        RealDjango.Outcome outcome = django.script(memory(), definition + loop);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        List<String> answers = outcome.output().lines().toList();
        assertThat(answers).hasSameSizeAs(questions);
        return answers;
    }

    private static DatabaseSettings memory() {
        return DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(":memory:")
                .build();
    }

    /** Of every length from none to beyond a block of the hash, in every plane of Unicode. */
    private static List<String> randomPasswords() {
        Random random = new Random(SEED);
        List<String> passwords = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            int highest = List.of(0x7f, 0x7ff, 0xd7ff, 0x10ffff).get(i % 4);
            StringBuilder password = new StringBuilder();
            for (int length = i % 90; length > 0; length--) {
                int point = 1 + random.nextInt(highest);
                boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
                password.appendCodePoint(surrogate || point == '\u01b3' ? 'x' : point);
            }
            passwords.add(password.toString());
        }
        return passwords;
    }
}
