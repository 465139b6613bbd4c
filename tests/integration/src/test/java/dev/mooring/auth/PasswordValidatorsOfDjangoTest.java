package dev.mooring.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.validation.PasswordValidators;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.django.RealDjango;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The real Django and this library refuse the same of 3,000 passwords, for the same reasons")
class PasswordValidatorsOfDjangoTest {

    private static final Map<String, String> USER = Map.of(
            "username", "jäger_2001",
            "first_name", "Ann-Marie",
            "last_name", "O'Neill ",
            "email", "ann.marie+x@example.co.uk");
    private static final String PIECES =
            "jäger_2001 Ann-Marie O'Neill ann.marie+x@example.co.uk 12345²③½Ⅳ٤ \u00a0\u0085\t漢😀";

    @TempDir
    private Path directory;

    @Test
    void agree(TestInfo test) throws IOException {
        List<String> passwords = passwords();
        Path file = directory.resolve("passwords");
        Files.writeString(file, String.join("\u01b3", passwords), UTF_8);

        RealDjango.Outcome outcome = RealDjango.require(test)
                .script(
                        DatabaseSettings.builder("default")
                                .engine("sqlite3")
                                .name(":memory:")
                                .build(),
                        """
                        from django.contrib.auth.models import User
                        from django.contrib.auth.password_validation import *
                        from django.core.exceptions import ValidationError
                        user = User(username=%s, first_name=%s, last_name=%s, email=%s)
                        validators = [UserAttributeSimilarityValidator(), MinimumLengthValidator(), CommonPasswordValidator(),
                                      NumericPasswordValidator()]
                        for password in open(%s, encoding='utf-8', newline='').read().split('\\u01b3'):
                            try:
                                validate_password(password, user, validators)
                                print('good')
                            except ValidationError as e:
                                print('; '.join(error.code + ' ' + error.messages[0] for error in e.error_list))
                        """.formatted(
                                        Python.literal(USER.get("username")),
                                        Python.literal(USER.get("first_name")),
                                        Python.literal(USER.get("last_name")),
                                        Python.literal(USER.get("email")),
                                        Python.literal(file.toString())));
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        List<String> answers = outcome.output().lines().toList();

        assertThat(answers).hasSameSizeAs(passwords);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(said(passwords.get(i))).as(passwords.get(i)).isEqualTo(answers.get(i));
        }
        assertThat(answers).contains("good").anyMatch(answer -> answer.contains("password_too_similar"));
    }

    private static String said(String password) {
        String said = PasswordValidators.defaults().problems(password, USER).stream()
                .map(problem -> problem.code() + " " + problem.message())
                .collect(joining("; "));
        return said.isEmpty() ? "good" : said;
    }

    private static List<String> passwords() {
        Random random = new Random(30_441);
        List<String> passwords =
                new ArrayList<>(List.of("", "password", " PASSWORD\u00a0", "12345678", "²²²²²²²²", "qwertyuiop"));
        while (passwords.size() < 3000) {
            StringBuilder password = new StringBuilder();
            for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
                int from = random.nextInt(PIECES.length());
                int to = Math.min(PIECES.length(), from + 1 + random.nextInt(8));
                password.append(PIECES, from, to);
            }
            boolean isText = password.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
            if (isText) {
                passwords.add(password.toString());
            }
        }
        return passwords;
    }
}
