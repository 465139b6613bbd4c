package dev.mooring.demo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void writesEachKindOfValue() {
        assertThat(Json.of(Map.of("key", Arrays.asList(1, null, true, Duration.ZERO))))
                .isEqualTo("{\"key\": [1,\n null,\n true,\n \"PT0S\"]}");
    }

    @Test
    void escapesWhatATextMayHold() {
        assertThat(Json.of(List.of("\"\\\n\u0007\ud83d\ude00\u00e9")))
                .isEqualTo("[\"\\\"\\\\\\u000a\\u0007\\ud83d\\ude00\u00e9\"]");
    }
}
