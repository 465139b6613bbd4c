package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Dates and times that libraries write and read through the {@code DataSource} on SQLite are Django's text. */
@Tag("wrong-answers")
@SuppressWarnings("JavaUtilDate") // JDBC has them.
class SqliteDataSourceDatesTest {

    @TempDir
    Path directory;

    private Databases databases;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        databases = Databases.of(EmptyDatabases.sqlite(directory));
        databases.execute("CREATE TABLE event (id integer PRIMARY KEY, at datetime, day date, hour time)");
        connection = databases.dataSource().getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        databases.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-06-01 10:20:57.150150",
                "2023-06-01 10:20:57.000001",
                "2023-06-01 10:20:57",
                "2023-06-01 00:00:00",
                "1969-12-31 23:59:59.999999",
                "1582-10-01 12:00:00",
                "0001-01-01 00:00:00",
                "9999-12-31 23:59:59.999999"
            })
    @DisplayName("A timestamp is stored as Django's text and read back to the microsecond")
    void timestampsKeepTheirText(String text) throws SQLException {
        Timestamp value = Timestamp.valueOf(text);
        assertThat(stored(s -> s.setTimestamp(1, value))).isEqualTo(text);
        assertThat(stored(s -> s.setObject(1, value))).isEqualTo(text);
        assertThat(stored(s -> s.setObject(1, value, Types.TIMESTAMP))).isEqualTo(text);
        LocalDateTime local = value.toLocalDateTime();
        assertThat(stored(s -> s.setObject(1, local))).isEqualTo(text);
        try (ResultSet rows = read()) {
            assertThat(rows.getTimestamp(1)).isEqualTo(value);
            assertThat(rows.getTimestamp("at")).isEqualTo(value);
            assertThat(rows.getObject("at", Timestamp.class)).isEqualTo(value);
            assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(local);
            assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(local.toLocalDate());
            assertThat(rows.getDate(1)).isEqualTo(Date.valueOf(local.toLocalDate()));
            assertThat(rows.getString(1)).isEqualTo(text);
        }
        assertThat(databases.query("SELECT at FROM event").get(0).get("at", Instant.class))
                .isEqualTo(local.toInstant(ZoneOffset.UTC));
    }

    @Test
    @DisplayName("What Mooring stored is read by java.sql's getters")
    void readsWhatMooringStored() throws SQLException {
        LocalDateTime at = LocalDateTime.of(2023, 6, 1, 10, 20, 57, 150_150_000);
        databases.execute(
                "INSERT INTO event VALUES (1, %s, %s, %s)", at, LocalDate.of(2023, 6, 1), LocalTime.of(10, 20, 57));
        try (ResultSet rows = read()) {
            assertThat(rows.getTimestamp(1).toLocalDateTime()).isEqualTo(at);
            assertThat(rows.getDate(2)).isEqualTo(Date.valueOf("2023-06-01"));
            assertThat(rows.getTimestamp(2)).isEqualTo(Timestamp.valueOf("2023-06-01 00:00:00"));
            assertThat(rows.getTime(3)).isEqualTo(Time.valueOf("10:20:57"));
            assertThat(rows.getObject(3, LocalTime.class)).isEqualTo(LocalTime.of(10, 20, 57));
            assertThat(rows.getObject(1, Instant.class)).isEqualTo(at.toInstant(ZoneOffset.UTC));
            assertThat(rows.getObject(1, OffsetDateTime.class)).isEqualTo(at.atOffset(ZoneOffset.UTC));
        }
    }

    @Test
    @DisplayName("Dates, times and moments are stored as Django's text")
    void otherTypes() throws SQLException {
        assertThat(stored(s -> s.setDate(1, Date.valueOf("2023-06-01")))).isEqualTo("2023-06-01");
        assertThat(stored(s -> s.setObject(1, LocalDate.of(2023, 6, 1)))).isEqualTo("2023-06-01");
        assertThat(stored(s -> s.setTime(1, Time.valueOf("10:20:57")))).isEqualTo("10:20:57");
        assertThat(stored(s -> s.setObject(1, LocalTime.of(10, 20, 57, 1_000)))).isEqualTo("10:20:57.000001");
        Instant moment = Instant.parse("2023-06-01T10:20:57.150150Z");
        assertThat(stored(s -> s.setObject(1, moment))).isEqualTo("2023-06-01 10:20:57.150150");
        assertThat(stored(s -> s.setObject(1, moment.atOffset(ZoneOffset.ofHours(2)))))
                .isEqualTo("2023-06-01 10:20:57.150150");
        assertThat(stored(s -> s.setObject(1, new java.util.Date(moment.toEpochMilli()))))
                .isEqualTo("2023-06-01 10:20:57.150000");
        assertThat(stored(s -> s.setTimestamp(1, null))).isNull();
    }

    @Test
    @DisplayName("A calendar gives the zone in which a timestamp is stored and read")
    void calendars() throws SQLException {
        Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("GMT+2"));
        Timestamp moment = Timestamp.from(Instant.parse("2023-06-01T10:20:57.150150Z"));
        assertThat(stored(s -> s.setTimestamp(1, moment, calendar))).isEqualTo("2023-06-01 12:20:57.150150");
        try (ResultSet rows = read()) {
            assertThat(rows.getTimestamp(1, calendar)).isEqualTo(moment);
        }
    }

    @Test
    @DisplayName(
            "What the driver itself wrote as a number is read as before, what is no date is an error, null is null")
    void whatIsNoText() throws SQLException {
        databases.execute("INSERT INTO event VALUES (1, 1685614857150, NULL, 'soon')");
        try (ResultSet rows = read()) {
            assertThat(rows.getTimestamp(1)).isEqualTo(new Timestamp(1685614857150L));
            assertThat(rows.getTimestamp(2)).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThatThrownBy(() -> rows.getTimestamp(3))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22007"));
            assertThat(rows.getString(3)).isEqualTo("soon");
        }
        databases.execute("UPDATE event SET at = '2012-02-30 00:00:00'");
        try (ResultSet rows = read()) {
            assertThatThrownBy(() -> rows.getTimestamp(1)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    @DisplayName("Spring's JdbcClient writes and reads what Mooring does")
    void throughSpring() {
        JdbcClient client = JdbcClient.create(databases.dataSource());
        LocalDateTime at = LocalDateTime.of(2023, 6, 1, 10, 20, 57, 150_150_000);
        client.sql("INSERT INTO event (id, at) VALUES (1, ?), (2, ?)")
                .params(Timestamp.valueOf(at), at)
                .update();
        assertThat(client.sql("SELECT at FROM event").query(LocalDateTime.class).list())
                .containsExactly(at, at);
        assertThat(client.sql("SELECT at FROM event").query(Timestamp.class).list())
                .containsExactly(Timestamp.valueOf(at), Timestamp.valueOf(at));
        assertThat(databases.query("SELECT at FROM event"))
                .allSatisfy(row -> assertThat(row.get("at", Instant.class)).isEqualTo(at.toInstant(ZoneOffset.UTC)));
    }

    private Object stored(Binding binding) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT OR REPLACE INTO event (id, at) VALUES (1, ?)")) {
            binding.on(statement);
            statement.executeUpdate();
        }
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT at FROM event")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private ResultSet read() throws SQLException {
        ResultSet rows = connection.createStatement().executeQuery("SELECT at, day, hour FROM event");
        rows.next();
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"})
    @DisplayName("A timestamp is the same moment for java.sql and for Mooring, whatever zone the JVM has")
    void timestampsAreMomentsInEveryZone(String zone) throws SQLException {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            // The last two are the hour that Berlin has twice.
            for (String text : List.of("2023-06-01T10:00:00Z", "2023-10-29T00:30:00Z", "2023-10-29T01:30:00Z")) {
                Instant moment = Instant.parse(text);
                databases.execute("DELETE FROM event");
                databases.execute("INSERT INTO event (id, at) VALUES (1, %s)", moment);
                try (ResultSet rows = read()) {
                    assertThat(rows.getTimestamp(1).toInstant()).isEqualTo(moment);
                }
                assertThat(stored(s -> s.setTimestamp(1, Timestamp.from(moment))))
                        .isEqualTo(text.substring(0, 19).replace('T', ' '));
                assertThat(databases.query("SELECT at FROM event").get(0).get("at", Instant.class))
                        .isEqualTo(moment);
                try (ResultSet rows = read()) {
                    assertThat(rows.getObject(1, Timestamp.class).toInstant()).isEqualTo(moment);
                }
            }
            assertThat(stored(s -> s.setDate(1, Date.valueOf("2023-06-01")))).isEqualTo("2023-06-01");
            try (ResultSet rows = read()) {
                assertThat(rows.getDate(1)).isEqualTo(Date.valueOf("2023-06-01"));
                assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2023-06-01 00:00:00"));
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private interface Binding {
        void on(PreparedStatement statement) throws SQLException;
    }
}
