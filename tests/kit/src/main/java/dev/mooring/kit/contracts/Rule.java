package dev.mooring.kit.contracts;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

/**
 * One rule that backends have to keep, as the display name of its test says it. A number is never used again for another rule.
 *
 * @param number such as {@code TRA-05}: three letters of the contract, and a number within it
 * @param sentence what holds
 */
public record Rule(String number, String sentence) {

    private static final Pattern NAME = Pattern.compile("([A-Z]{3}-\\d{2}) (.+)");

    /** {@return all contracts, in the order in which they catch most} */
    public static List<Class<? extends Contract>> contracts() {
        return List.of(
                FaultContract.class,
                ProgramContract.class,
                NetworkContract.class,
                TransactionContract.class,
                ErrorContract.class,
                LockContract.class,
                SessionContract.class,
                CursorContract.class,
                RowsContract.class,
                StreamContract.class,
                NamedParametersContract.class,
                EmptyParametersContract.class,
                NamesContract.class,
                ValuesContract.class,
                MigrationContract.class,
                SchemaContract.class);
    }

    /** {@return the rules of that contract, by their numbers} */
    public static List<Rule> of(Class<? extends Contract> contract) {
        return Arrays.stream(contract.getDeclaredMethods())
                .flatMap(method -> of(method).stream())
                .sorted(Comparator.comparing(Rule::number))
                .toList();
    }

    /** {@return the rules of all contracts} */
    public static List<Rule> all() {
        return contracts().stream().flatMap(contract -> of(contract).stream()).toList();
    }

    /** {@return the rule that this test stands for, if it does} */
    static Optional<Rule> of(AnnotatedElement test) {
        return Optional.ofNullable(test.getAnnotation(DisplayName.class))
                .map(DisplayName::value)
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .map(name -> new Rule(name.group(1), name.group(2)));
    }
}
