package dev.mooring.sqlite;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.BackendOptions;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The options of an SQLite database, Django's by Django's names.
 *
 * @param busyMillis how long SQLite waits for another process's lock: {@code timeout}, in seconds
 * @param synchronous {@code synchronous}; FULL, so that a commit that was acknowledged survives a power cut
 * @param journalMode {@code journal_mode}; empty for WAL in files that we create and what a file has otherwise
 * @param transactionMode {@code transaction_mode}; IMMEDIATE, since a lock asked for later is refused without waiting
 * @param initCommands the statements of {@code init_command}
 */
record SqliteOptions(
        int busyMillis,
        SynchronousMode synchronous,
        Optional<JournalMode> journalMode,
        String transactionMode,
        List<String> initCommands) {

    private static final Set<String> KNOWN =
            Set.of("timeout", "synchronous", "journal_mode", "transaction_mode", "init_command");
    private static final Map<String, String> TRANSACTION_MODES =
            byName(new String[] {"DEFERRED", "IMMEDIATE", "EXCLUSIVE"}, name -> name);
    private static final BigDecimal LONGEST_TIMEOUT = BigDecimal.valueOf(86_400);

    static SqliteOptions of(DatabaseSettings settings) {
        BackendOptions options = BackendOptions.of(settings, KNOWN);
        return new SqliteOptions(
                options.text("timeout").map(text -> millis(options, text)).orElse(5_000),
                options.oneOf("synchronous", byName(SynchronousMode.values(), Enum::name))
                        .orElse(SynchronousMode.FULL),
                options.oneOf("journal_mode", byName(JournalMode.values(), Enum::name)),
                options.oneOf("transaction_mode", TRANSACTION_MODES).orElse("IMMEDIATE"),
                options.text("init_command").map(SqliteOptions::statements).orElse(List.of()));
    }

    private static int millis(BackendOptions options, String text) {
        String wayOut = "use seconds from 0 to " + LONGEST_TIMEOUT;
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() < 0 || seconds.compareTo(LONGEST_TIMEOUT) > 0) {
                throw options.wrong("timeout", wayOut);
            }
            return seconds.movePointRight(3).intValue();
        } catch (NumberFormatException e) {
            throw options.wrong("timeout", wayOut);
        }
    }

    private static List<String> statements(String commands) {
        return Arrays.stream(commands.split(";"))
                .map(String::strip)
                .filter(command -> !command.isEmpty())
                .toList();
    }

    private static <T> Map<String, T> byName(T[] values, Function<T, String> name) {
        return Arrays.stream(values)
                .collect(Collectors.toMap(
                        value -> name.apply(value).toLowerCase(java.util.Locale.ROOT), Function.identity()));
    }
}
