package dev.mooring.cursors;

import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettings;
import java.util.stream.Stream;

/** Adds up the numbers of two million rows, read as a stream: the main class of a JVM with hardly any memory. */
final class StreamAlot {

    static final long ROWS = 2_000_000;
    static final String SUM = "the sum is ";

    private StreamAlot() {}

    public static void main(String[] args) {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl(args[0]));
                Stream<Row> rows = databases.stream(args[1])) {
            System.out.println(SUM + rows.mapToLong(row -> row.getLong("n")).sum());
        }
    }
}
