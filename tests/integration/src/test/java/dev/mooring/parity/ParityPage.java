package dev.mooring.parity;

import dev.mooring.parity.Checklist.Entry;
import dev.mooring.parity.Checklist.Family;
import dev.mooring.parity.Coverage.Cover;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes {@code docs/parity.md}. */
final class ParityPage {

    private static final String TOP = """
            # What Django's own tests say of Mooring

            Written by `ParityTest`: do not edit it; `CONTRIBUTING.md` says how to write it anew.

            Django 4.2 tries its database layer and its users with the tests below. Each entry is a test here too, on
            PostgreSQL, MariaDB and SQLite, once with Django's defaults (`leaseScope` THREAD, `connMaxAge` 0, no health
            checks, no cap) and once with ours (`leaseScope` OPERATION), or says why it cannot be one. Those of its
            users (AB) run in our default scope alone, those of its password hashes (HS) without a database. Titles are
            ours.

            """;

    private final Checklist checklist;
    private final Coverage coverage;
    private final StringBuilder page = new StringBuilder(TOP);

    private ParityPage(Checklist checklist, Coverage coverage) {
        this.checklist = checklist;
        this.coverage = coverage;
    }

    static String of(Checklist checklist, Coverage coverage) {
        ParityPage written = new ParityPage(checklist, coverage);
        written.counts();
        written.missing();
        checklist.families().forEach(written::family);
        return written.page.toString();
    }

    private void counts() {
        row("", "entries", "tested", "of these better", "of these different", "not in Java", "missing");
        row("---", "---", "---", "---", "---", "---", "---");
        checklist
                .families()
                .forEach(family -> counts("[" + family.name() + "](#" + anchor(family) + ")", family.entries()));
        counts("all", checklist.entries());
    }

    private void counts(String title, List<Entry> entries) {
        row(
                title,
                count(entries, entry -> true),
                count(entries, entry -> !entry.isExcused()),
                count(entries, entry -> !said(entry, Django::better).isEmpty()),
                count(entries, entry -> !said(entry, Django::differs).isEmpty()),
                count(entries, entry -> !entry.notInJava().isEmpty()),
                count(entries, entry -> !entry.missing().isEmpty()));
    }

    private static String count(List<Entry> entries, Predicate<Entry> which) {
        return Long.toString(entries.stream().filter(which).count());
    }

    private void missing() {
        List<Entry> missing = checklist.entries().stream()
                .filter(entry -> !entry.missing().isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            page.append("\n## Missing\n\n");
            missing.forEach(
                    entry -> page.append("* %s %s: %s\n".formatted(entry.id(), entry.title(), entry.missing())));
        }
    }

    private void family(Family family) {
        page.append("\n## %s\n\n".formatted(heading(family)));
        row("", "Django's test", "ours", "remarks");
        row("---", "---", "---", "---");
        family.entries().forEach(this::entry);
    }

    private void entry(Entry entry) {
        List<String> tests = coverage.of(entry).stream()
                .map(cover -> "`" + cover.name() + "`")
                .toList();
        List<String> remarks = Stream.of(
                        remark("", onlyOn(entry)),
                        remark("**Better:** ", said(entry, Django::better)),
                        remark("**Different:** ", said(entry, Django::differs)),
                        remark("**Under OPERATION:** ", said(entry, Django::underOperation)),
                        remark(
                                "**Not in Java:** ",
                                entry.notInJava().isEmpty() ? List.of() : List.of(entry.notInJava())),
                        remark("**Missing:** ", entry.missing().isEmpty() ? List.of() : List.of(entry.missing())))
                .flatMap(List::stream)
                .toList();
        row(entry.id(), entry.title(), tests.isEmpty() ? "–" : String.join(", ", tests), String.join(". ", remarks));
    }

    private static List<String> onlyOn(Entry entry) {
        boolean onOneDatabase = !entry.onlyOn().isEmpty() && !entry.onlyOn().equals(Entry.NO_DATABASE);
        return onOneDatabase ? List.of("Only on " + entry.onlyOn()) : List.of();
    }

    private static List<String> remark(String kind, List<String> texts) {
        return texts.stream().map(text -> kind + text).toList();
    }

    private List<String> said(Entry entry, Function<Django, String> what) {
        return coverage.of(entry).stream()
                .map(Cover::remarks)
                .map(what)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    private void row(String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String heading(Family family) {
        return family.name() + ": " + family.title();
    }

    private static String anchor(Family family) {
        return heading(family)
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9 _-]", "")
                .replace(' ', '-');
    }
}
