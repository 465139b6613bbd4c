package dev.mooring.auth.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON is read and written as Python's json module does")
class JsonTest {

    @Test
    void readsEveryKindOfValue() {
        assertThat(JsonReader.read(" {\"a\" : [1, -0, 1.5e2, true,false , null, \"x\"] , \"b\":{}}\n"))
                .isEqualTo(Map.of(
                        "a",
                        new ArrayList<>(java.util.Arrays.asList(1L, 0L, 150.0, true, false, null, "x")),
                        "b",
                        Map.of()));
    }

    @Test
    void readsEscapesAndLoneSurrogates() {
        assertThat(JsonReader.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\ud800\""))
                .isEqualTo("\"\\/\b\f\n\r\té😀\ud800");
    }

    @Test
    void readsNumbersOfAnySize() {
        assertThat(JsonReader.read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(JsonReader.read("-9223372036854775809")).isEqualTo(new BigInteger("-9223372036854775809"));
        assertThat(JsonReader.read("1e400")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(JsonReader.read("[NaN,Infinity,-Infinity]"))
                .isEqualTo(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }

    @Test
    @DisplayName("Of a name that comes twice, the last value counts")
    void keepsTheLastOfEqualNames() {
        assertThat(JsonReader.read("{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", 2L));
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1,}",
                "{a:1}",
                "{1:1}",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "0x1",
                "tru",
                "nul",
                "\"",
                "\"\\",
                "\"\\u12",
                "\"\\u12g4\"",
                "\"\\x\"",
                "\"\n\"",
                "\"\0\"",
                "1 2",
                "[1]]",
                "\ufeff1",
                "\u00a01",
                "'a'",
                "\0",
                "-Infinit",
                "１",
                "\"\\u１234\""
            })
    void refusesWhatIsNotJson(String text) {
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> JsonReader.read(text))
                .withMessageContaining("malformed at character");
    }

    @Test
    void boundsNestingAndDigits() {
        String deepest = "[".repeat(JsonReader.MAX_DEPTH) + "]".repeat(JsonReader.MAX_DEPTH);

        assertThat(JsonWriter.write(JsonReader.read(deepest))).isEqualTo(deepest);
        assertThatExceptionOfType(CodecException.class).isThrownBy(() -> JsonReader.read("[" + deepest + "]"));
        assertThatExceptionOfType(CodecException.class).isThrownBy(() -> JsonReader.read("[".repeat(1_000_000)));
        assertThatExceptionOfType(CodecException.class).isThrownBy(() -> JsonReader.read("1".repeat(1_000_000)));
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);
        assertThatExceptionOfType(CodecException.class).isThrownBy(() -> JsonWriter.write(cyclic));
    }

    @Test
    void writesAsPythonDoes() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("é\u007f\u2028😀\ud800", "\"\\/\b\f\n\r\t\u0001");
        value.put(
                "n", java.util.Arrays.asList(1, 2L, (short) 3, (byte) 4, BigInteger.TEN, 1.5, -0.0, 1e22, true, null));
        value.put("odd", List.of(Double.NaN, Double.NEGATIVE_INFINITY, Map.of()));

        assertThat(JsonWriter.write(value))
                .isEqualTo("{\"\\u00e9\\u007f\\u2028\\ud83d\\ude00\\ud800\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\","
                        + "\"n\":[1,2,3,4,10,1.5,-0.0,1.0E22,true,null],\"odd\":[NaN,-Infinity,{}]}");
    }

    @Test
    void refusesWhatJsonHasNoPlaceFor() {
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> JsonWriter.write(Map.of("at", java.time.Instant.EPOCH)))
                .withMessageContaining("java.time.Instant");
        assertThatExceptionOfType(CodecException.class).isThrownBy(() -> JsonWriter.write(Map.of(1, 2)));
    }
}
