package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SchemaTest {

    private final Schema schema = Schema.empty().add(Table.of("b")).add(Table.of("a"));

    @Test
    void listsItsTablesByName() {
        assertThat(schema.tables()).extracting(Table::name).containsExactly("a", "b");
    }

    @Test
    void isNotChangedByItsChangedCopies() {
        assertThat(schema.remove("a").tables()).hasSize(1);
        assertThat(schema.tables()).hasSize(2);
        assertThat(Schema.empty().tables()).isEmpty();
    }

    @Test
    void refusesASecondTableOfTheSameName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schema.add(Table.of("a")))
                .withMessage("There is a table a already");
    }

    @Test
    void refusesToReplaceOrRemoveWhatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schema.replace(Table.of("c")))
                .withMessage("There is no table c, only [a, b]");
        assertThatIllegalArgumentException().isThrownBy(() -> schema.remove("c"));
    }
}
