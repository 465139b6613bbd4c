package dev.mooring.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.transactions.RequiresMariadb;
import dev.mooring.transactions.TestDatabases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("MariaDB: moments are the same whatever the zone of the JVM")
@RequiresMariadb
class MariadbZonesTest {

    private static final Instant MOMENT = Instant.parse("2024-07-01T12:34:56.123456Z");

    /** In Berlin clocks are set forward at that hour. */
    private static final Instant IN_GAP = Instant.parse("2024-03-31T02:30:00Z");

    private final TimeZone before = TimeZone.getDefault();

    @BeforeEach
    void moveToBerlin() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    }

    @AfterEach
    void moveBack() {
        TimeZone.setDefault(before);
    }

    @ParameterizedTest
    @DisplayName("What the layer and what libraries write is one moment, and read as one")
    @CsvSource({"UTC, false", "UTC, true", "+05:30, false", "+05:30, true"})
    void isOneMoment(String zone, boolean prepared) throws SQLException {
        try (Databases databases = Databases.of(TestDatabases.mariadb()
                .timeZone(ZoneId.of(zone))
                .option("useServerPrepStmts", String.valueOf(prepared))
                .build())) {
            databases.execute("CREATE OR REPLACE TABLE zoned (id integer AUTO_INCREMENT PRIMARY KEY, at datetime(6))");
            for (Instant moment : new Instant[] {MOMENT, IN_GAP}) {
                databases.execute("DELETE FROM zoned");
                databases.execute("INSERT INTO zoned (at) VALUES (%s)", moment);
                write(databases, moment);

                assertThat(databases.query(Instant.class, "SELECT at FROM zoned"))
                        .hasSize(5)
                        .containsOnly(moment);
                assertThat(databases.query(String.class, "SELECT CAST(at AS char(19)) FROM zoned"))
                        .containsOnly(moment.atZone(ZoneId.of(zone))
                                .toLocalDateTime()
                                .toString()
                                .replace('T', ' ')
                                .concat(":00")
                                .substring(0, 19));
                read(databases, moment, ZoneId.of(zone));
            }
        }
    }

    private static void write(Databases databases, Instant moment) throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO zoned (at) VALUES (?)")) {
            insert.setTimestamp(1, Timestamp.from(moment));
            insert.execute();
            insert.setObject(1, moment);
            insert.execute();
            insert.setObject(1, moment.atOffset(ZoneOffset.ofHours(3)));
            insert.execute();
            insert.setObject(1, moment.atZone(ZoneId.of("America/New_York")));
            insert.execute();
        }
    }

    private static void read(Databases databases, Instant moment, ZoneId zone) throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT at FROM zoned")) {
            row.next();
            assertThat(row.getTimestamp(1).toInstant()).isEqualTo(moment);
            assertThat(row.getObject(1, Instant.class)).isEqualTo(moment);
            assertThat(row.getObject(1, OffsetDateTime.class).toInstant()).isEqualTo(moment);
            assertThat(row.getObject(1, LocalDateTime.class)).isEqualTo(LocalDateTime.ofInstant(moment, zone));
        }
    }
}
