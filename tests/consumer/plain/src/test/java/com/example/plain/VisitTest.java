package com.example.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.TestDatabase;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.Operations;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A test with the published kit")
class VisitTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.of(DatabaseSettings.fromUrl("sqlite:///visits.db"))
            .migrations(List.of(Migration.of("visits", "0001_initial")
                    .with(Operations.sql("CREATE TABLE visit (page text, times integer)"))))
            .setUp(databases -> databases.execute("INSERT INTO visit VALUES ('/', 0)"))
            .build();

    @Test
    @DisplayName("has a database of its own")
    void hasADatabase(Databases databases) {
        databases.execute("UPDATE visit SET times = times + 1 WHERE page = %s", "/");

        assertThat(databases.query(Long.class, "SELECT times FROM visit").one()).isEqualTo(1);
    }
}
