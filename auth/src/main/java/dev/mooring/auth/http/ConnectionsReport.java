package dev.mooring.auth.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mooring.ConnectionCounts;
import dev.mooring.ConnectionInfo;
import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.auth.codec.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The counts and the open connections of every alias, as a page or as JSON.
 *
 * @param contentType the media type of {@code body}
 */
record ConnectionsReport(String contentType, String body) {

    /** Nothing that gets into the page runs, loads anything or is framed. Whoever is in between keeps no copy. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Vary", "Accept");

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Database connections</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 66rem; margin: 0 auto; padding: 1rem; }
            div { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%%; }
            th, td { text-align: left; vertical-align: top; padding: .4rem 1.5rem .4rem 0; border-bottom: 1px solid #8886; }
            </style>
            </head>
            <body>
            <h1>Database connections</h1>
            %s</body>
            </html>
            """;

    private static final String HEADINGS = """
            <thead><tr><th scope="col">No.</th><th scope="col">State</th><th scope="col">Holder</th><th scope="col">Age</th>
            <th scope="col">Leased for</th><th scope="col">Uses</th><th scope="col">Last statement</th></tr></thead>
            """;

    /** @param accept what the request's header of that name says: JSON is given to who asks for it first; null for none */
    static ConnectionsReport of(Databases databases, @Nullable String accept) {
        return accept != null && accept.strip().toLowerCase(Locale.ROOT).startsWith("application/json")
                ? new ConnectionsReport("application/json", JsonWriter.write(json(databases)))
                : new ConnectionsReport("text/html; charset=utf-8", html(databases));
    }

    byte[] bytes() {
        return body.getBytes(UTF_8);
    }

    private static Map<String, @Nullable Object> json(Databases databases) {
        Map<String, @Nullable Object> byAlias = new LinkedHashMap<>();
        for (String alias : new TreeSet<>(databases.aliases())) {
            Database database = databases.using(alias);
            Map<String, @Nullable Object> report = new LinkedHashMap<>(counts(database));
            List<@Nullable Object> connections = new ArrayList<>();
            database.connections().forEach(connection -> connections.add(json(connection)));
            report.put("connections", connections);
            byAlias.put(alias, report);
        }
        return byAlias;
    }

    private static Map<String, Long> counts(Database database) {
        ConnectionCounts counts = database.counts();
        Map<String, Long> named = new LinkedHashMap<>();
        named.put("open", (long) counts.open());
        named.put("leased", (long) counts.leased());
        named.put("waiting", (long) counts.waiting());
        named.put("peak", (long) counts.peak());
        named.put("opened", counts.opened());
        named.put("closed", counts.closed());
        named.put("reused", counts.reused());
        named.put("reclaimed", counts.reclaimed());
        named.put("timeouts", counts.timeouts());
        named.put("failures", counts.failures());
        return named;
    }

    private static Map<String, @Nullable Object> json(ConnectionInfo connection) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("number", connection.number());
        json.put("state", state(connection));
        json.put("holder", connection.holder());
        json.put("ageMillis", connection.age().toMillis());
        json.put("leasedForMillis", connection.leasedFor().toMillis());
        json.put("uses", connection.uses());
        json.put("lastStatement", connection.lastStatement());
        return json;
    }

    private static String html(Databases databases) {
        StringBuilder content = new StringBuilder();
        for (String alias : new TreeSet<>(databases.aliases())) {
            Database database = databases.using(alias);
            content.append("<h2>").append(escape(alias)).append("</h2>\n<p>");
            String separator = "";
            for (Map.Entry<String, Long> count : counts(database).entrySet()) {
                content.append(separator).append(count.getKey()).append(' ').append(count.getValue());
                separator = ", ";
            }
            content.append("</p>\n<div><table>\n").append(HEADINGS).append("<tbody>\n");
            database.connections().forEach(connection -> content.append(row(connection)));
            content.append("</tbody>\n</table></div>\n");
        }
        return PAGE.formatted(content);
    }

    private static String row(ConnectionInfo connection) {
        String holder = connection.holder();
        String statement = connection.lastStatement();
        return "<tr><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%d</td><td>%s</td></tr>\n"
                .formatted(
                        connection.number(),
                        state(connection),
                        holder == null ? "nobody" : escape(holder),
                        seconds(connection.age().toMillis()),
                        seconds(connection.leasedFor().toMillis()),
                        connection.uses(),
                        statement == null ? "none" : escape(statement));
    }

    private static String state(ConnectionInfo connection) {
        return connection.state().name().toLowerCase(Locale.ROOT);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
