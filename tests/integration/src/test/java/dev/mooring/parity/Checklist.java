package dev.mooring.parity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Django's own tests, each in a line of ours: the file {@code django-checklist.txt}. */
record Checklist(List<Family> families) {

    private static final Pattern HEADING = Pattern.compile("== ([A-Z]{2}) (.+)");
    private static final Pattern ENTRY = Pattern.compile("([A-Z]{2}-\\d{2}) (.+)");
    private static final Pattern REMARK = Pattern.compile(" +(only on|not in Java:|missing:) (.+)");

    /** The tests of one file of Django's. */
    record Family(String name, String title, List<Entry> entries) {}

    /**
     * One test of Django's.
     *
     * @param onlyOn the database that alone can answer it; empty for both
     * @param notInJava why it does not apply; empty if it does
     * @param missing what there is not yet; empty if there is
     */
    record Entry(String id, String title, String onlyOn, String notInJava, String missing) {

        /** What stands in place of a database for tests without one. */
        static final String NO_DATABASE = "no database";

        boolean isExcused() {
            return !notInJava.isEmpty() || !missing.isEmpty();
        }

        private Entry with(String remark, String text) {
            return switch (remark) {
                case "only on" -> new Entry(id, title, text, notInJava, missing);
                case "not in Java:" -> new Entry(id, title, onlyOn, text, missing);
                default -> new Entry(id, title, onlyOn, notInJava, text);
            };
        }
    }

    static Checklist read() {
        try (InputStream file = Checklist.class.getResourceAsStream("/django-checklist.txt")) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Checklist parse(String text) {
        List<Family> families = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                families.add(new Family(heading.group(1), heading.group(2), new ArrayList<>()));
            } else {
                readEntry(line, families.get(families.size() - 1).entries());
            }
        }
        return new Checklist(families);
    }

    private static void readEntry(String line, List<Entry> entries) {
        Matcher entry = ENTRY.matcher(line);
        Matcher remark = REMARK.matcher(line);
        if (entry.matches()) {
            entries.add(new Entry(entry.group(1), entry.group(2), "", "", ""));
        } else if (remark.matches()) {
            int last = entries.size() - 1;
            entries.set(last, entries.get(last).with(remark.group(1), remark.group(2)));
        } else {
            throw new IllegalArgumentException("Neither an entry nor a remark: " + line);
        }
    }

    List<Entry> entries() {
        return families.stream().flatMap(family -> family.entries().stream()).toList();
    }
}
