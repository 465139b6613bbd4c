package dev.mooring.demo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void alignsNamesToTheLeftAndFiguresToTheRight() {
        Table table = new Table(1, List.of(List.of("name", "opened"), List.of("x", "7"), List.of("longest", "1234")));

        assertThat(table.lines())
                .containsExactly(
                        "name     opened", //
                        "x             7",
                        "longest    1234");
    }

    @Test
    void takesRowsOfDifferentLength() {
        Table table = new Table(2, List.of(List.of("a", "b", "figure"), List.of("not", "run")));

        assertThat(table.lines()).containsExactly("a    b    figure", "not  run");
    }
}
