package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The properties below {@code mooring.databases} and the settings of a database. */
class DatabasePropertiesTest {

    @Test
    @DisplayName("Each setting that a URL can have is a property too")
    void haveEverySetting() {
        assertThat(Arrays.stream(DatabaseProperties.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()))
                .containsAll(DatabaseSettings.names());
    }
}
