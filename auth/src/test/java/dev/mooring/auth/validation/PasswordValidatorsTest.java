package dev.mooring.auth.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.auth.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Rules for new passwords")
class PasswordValidatorsTest {

    private static final Map<String, String> USER = Map.of(
            "username", "testclient", "first_name", "Test", "last_name", "Client", "email", "testclient@example.com");

    @ParameterizedTest
    @CsvSource({
        "1234567, password_too_short password_too_common password_entirely_numeric",
        "password, password_too_common",
        "'  PassWord ', password_too_common",
        "98765012349871, password_entirely_numeric",
        "٤٢٤٢٤٢٤٢٤٢, password_entirely_numeric",
        "'', password_too_short",
        "testclient, password_too_similar",
        "TESTCLIENT9, password_too_similar",
        "example.com, password_too_similar",
        "correct horse battery, ''",
        "😀😀😀😀😀😀😀, password_too_short",
        "😀😀😀😀😀😀😀😀, ''",
    })
    @DisplayName("are broken with Django's codes, all of them at once")
    void areBroken(String password, String codes) {
        assertThat(PasswordValidators.defaults().problems(password, USER))
                .extracting(PasswordProblem::code)
                .containsExactlyInAnyOrder(codes.isEmpty() ? new String[0] : codes.split(" "));
    }

    @Test
    @DisplayName("are told in one error, which does not hold the password")
    void areToldAtOnce() {
        assertThatExceptionOfType(InvalidPasswordException.class)
                .isThrownBy(() -> PasswordValidators.defaults().validate("1234567", Map.of()))
                .withMessage(
                        "This password is too short. It must contain at least 8 characters. This password is too common."
                                + " This password is entirely numeric.")
                .satisfies(error -> assertThat(error.problems()).hasSize(3));
        PasswordValidators.defaults().validate("correct horse battery", Map.of());
        PasswordValidators.defaults().validate("correct horse battery", User.anonymous());
        assertThat(PasswordValidators.defaults().helpTexts()).hasSize(4);
    }

    @Test
    @DisplayName("have other numbers and lists if told")
    void areConfigured() {
        assertThat(PasswordValidators.minimumLength(1)
                        .validate("", Map.of())
                        .orElseThrow()
                        .message())
                .isEqualTo("This password is too short. It must contain at least 1 character.");
        assertThat(PasswordValidators.common(Set.of("xyzzy")).validate("XYZZY", Map.of()))
                .isPresent();
        assertThat(PasswordValidators.common(Set.of("xyzzy")).validate("password", Map.of()))
                .isEmpty();
        PasswordValidator city = PasswordValidators.userAttributeSimilarity(List.of("city"), 0.7);
        assertThat(city.validate("amsterdam1", Map.of("city", "Amsterdam"))
                        .orElseThrow()
                        .message())
                .isEqualTo("The password is too similar to the city.");
        assertThat(city.validate("testclient", USER)).isEmpty();
        for (double tooSmall : new double[] {0.09, 0, -1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PasswordValidators.userAttributeSimilarity(List.of("username"), tooSmall))
                    .withMessageStartingWith("maxSimilarity must be at least 0.1");
        }
    }
}
