package dev.mooring.demo;

import dev.mooring.ConnectionCounts;
import dev.mooring.ConnectionInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the live page shows, as the maps and lists that become its JSON. */
final class LiveState {

    private static final int MOST_CONNECTIONS = 200;
    private static final int LONGEST_STATEMENT = 120;

    private LiveState() {}

    /**
     * {@return everything}
     *
     * @param shown the run whose connections and log are shown; null if there was none yet
     * @param runs those to be compared
     */
    static Map<String, @Nullable Object> of(@Nullable LiveRun shown, List<LiveRun> runs) {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        state.put("cap", Style.CAP);
        state.put("runs", runs.stream().map(run -> summary(run, run == shown)).toList());
        state.put("run", shown == null ? null : details(shown));
        return state;
    }

    private static Map<String, @Nullable Object> summary(LiveRun run, boolean shown) {
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        LiveOptions options = run.options();
        summary.put("handling", options.handling().value());
        summary.put("label", options.handling());
        summary.put("setup", setup(options));
        summary.put("shown", shown);
        summary.put("points", run.points().state());
        LiveResult result = run.result();
        summary.put(
                "answered",
                result == null ? null : result.outcome().ok() + result.outcome().failed());
        summary.put("failed", result == null ? null : result.outcome().failed());
        summary.put("opened", result == null ? null : result.counts().opened());
        summary.put("peak", result == null ? null : result.counts().peak());
        summary.put("open", result == null ? null : result.counts().open());
        summary.put("leaked", result == null ? null : result.leaked());
        return summary;
    }

    private static String setup(LiveOptions options) {
        return String.format(
                Locale.ROOT,
                "%s threads, lease scope %s, %,d requests, %,d at once",
                options.threads(),
                options.scope().name().toLowerCase(Locale.ROOT),
                options.requests(),
                options.concurrency());
    }

    private static Map<String, @Nullable Object> details(LiveRun run) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("phase", run.phase().name().toLowerCase(Locale.ROOT));
        details.put("requests", run.options().requests());
        Tally tally = run.tally();
        details.put("answered", tally == null ? 0 : tally.ok() + tally.failed());
        details.put("failed", tally == null ? 0 : tally.failed());
        details.put("sentence", run.sentence());
        details.put("limit", number(run.limit()));
        List<ConnectionInfo> connections = run.connections();
        ConnectionCounts counts = run.counts();
        details.put("open", connections.size());
        details.put("leaked", LiveResult.leaked(connections));
        details.put("opened", counts == null ? 0 : counts.opened());
        details.put("closed", counts == null ? 0 : counts.closed());
        details.put("reused", counts == null ? 0 : counts.reused());
        details.put("reclaimed", counts == null ? 0 : counts.reclaimed());
        LiveStage stage = run.stage();
        details.put("server", stage == null ? null : number(stage.view().connections()));
        details.put("serverUnit", stage == null ? null : stage.view().unit());
        details.put("command", stage == null ? null : stage.view().command().orElse(null));
        details.put(
                "connections",
                connections.stream().limit(MOST_CONNECTIONS).map(LiveState::row).toList());
        details.put("log", run.log().state());
        return details;
    }

    private static Map<String, @Nullable Object> row(ConnectionInfo connection) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("number", connection.number());
        row.put("state", connection.state().name().toLowerCase(Locale.ROOT));
        row.put("holder", connection.holder());
        row.put("age", seconds(connection.age()));
        row.put("uses", connection.uses());
        row.put("statement", shortened(connection.lastStatement()));
        return row;
    }

    private static String seconds(Duration age) {
        return age.toSeconds() < 10
                ? String.format(Locale.ROOT, "%.1f s", age.toMillis() / 1000.0)
                : String.format(Locale.ROOT, "%,d s", age.toSeconds());
    }

    private static @Nullable String shortened(@Nullable String statement) {
        return statement == null || statement.length() <= LONGEST_STATEMENT
                ? statement
                : statement.substring(0, LONGEST_STATEMENT) + "…";
    }

    private static @Nullable Integer number(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }
}
