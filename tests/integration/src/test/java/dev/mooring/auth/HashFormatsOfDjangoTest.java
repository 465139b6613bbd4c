package dev.mooring.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHasher;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.django.RealDjango;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** argon2 and bcrypt are libraries that a Django may lack; their vectors stand in the module's own tests. */
@DisplayName("Hash formats that every Django 3.2 has")
class HashFormatsOfDjangoTest {

    private static final String SETTINGS = """
            from django.conf import settings
            settings.PASSWORD_HASHERS = ['django.contrib.auth.hashers.' + name for name in (
                'PBKDF2PasswordHasher', 'PBKDF2SHA1PasswordHasher', 'MD5PasswordHasher', 'SHA1PasswordHasher',
                'UnsaltedMD5PasswordHasher', 'UnsaltedSHA1PasswordHasher')]
            from django.contrib.auth.hashers import *
            """;
    private static final List<String> PASSWORDS = List.of("", " ", "correct horse", "pässword😀漢字", "x".repeat(200));

    private final List<PasswordHasher> formats = List.of(
            DjangoHashers.pbkdf2Sha256(10),
            DjangoHashers.pbkdf2Sha1(10),
            DjangoHashers.md5(),
            DjangoHashers.sha1(),
            DjangoHashers.unsaltedMd5(),
            DjangoHashers.unsaltedSha1());
    private final PasswordHashers hashers = PasswordHashers.of(
            formats.get(0), formats.subList(1, formats.size()).toArray(PasswordHasher[]::new));

    @Test
    @DisplayName("are read here")
    void areReadHere(TestInfo test) {
        List<String> encoded = ask(test, """
                for password in %s:
                    for hasher in get_hashers():
                        salt = '' if hasher.algorithm.startswith('unsalted') else hasher.salt()
                        print(hasher.algorithm, hasher.encode(password, salt))
                """.formatted(passwords()));

        assertThat(encoded).hasSize(PASSWORDS.size() * formats.size());
        for (int i = 0; i < encoded.size(); i++) {
            String[] answer = encoded.get(i).split(" ", 2);
            String password = PASSWORDS.get(i / formats.size());
            assertThat(hashers.identify(answer[1])).contains(answer[0]);
            assertThat(hashers.check(password, answer[1]).isCorrect()).isTrue();
            assertThat(hashers.check(password + "x", answer[1]).isCorrect()).isFalse();
        }
    }

    @Test
    @DisplayName("are read there")
    void areReadThere(TestInfo test) {
        StringBuilder questions = new StringBuilder("questions = [");
        SecureRandom random = new SecureRandom();
        for (String password : PASSWORDS) {
            for (PasswordHasher format : formats) {
                String encoded = format.encode(password.getBytes(UTF_8), format.newSalt(random));
                questions.append("(%s, %s),".formatted(Python.literal(password), Python.literal(encoded)));
            }
        }
        List<String> answers = ask(test, questions + """
                ]
                for password, encoded in questions:
                    print(check_password(password, encoded), check_password(password + 'x', encoded))
                """);

        assertThat(answers).hasSize(PASSWORDS.size() * formats.size()).containsOnly("True False");
    }

    private static String passwords() {
        return PASSWORDS.stream().map(Python::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    private static List<String> ask(TestInfo test, String lines) {
        RealDjango.Outcome outcome = RealDjango.require(test)
                .script(
                        DatabaseSettings.builder("default")
                                .engine("sqlite3")
                                .name(":memory:")
                                .build(),
                        SETTINGS + lines);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output().lines().toList();
    }
}
