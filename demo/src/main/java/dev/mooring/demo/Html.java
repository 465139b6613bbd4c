package dev.mooring.demo;

import dev.mooring.ConnectionCounts;
import dev.mooring.auth.User;
import java.util.Optional;

/** The pages of the server. */
final class Html {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s - Mooring</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #1d2733; }
            code { background: #eef2f6; padding: .1em .3em; border-radius: .2em; }
            table { border-collapse: collapse; margin: 1.5rem 0; }
            th, td { text-align: left; padding: .3rem 2rem .3rem 0; border-bottom: 1px solid #d5dde5; }
            td { font-variant-numeric: tabular-nums; text-align: right; }
            </style>
            </head>
            <body>
            <h1>%1$s</h1>
            %2$s
            </body>
            </html>
            """;

    private static final String LANDING = """
            <p><code>authenticate(request, username='%s', password='%s')</code></p>
            <p>%s</p>
            <table>
            <tr><th>Requests run on</th><td>%s threads</td></tr>
            <tr><th>This request ran on</th><td>%s</td></tr>
            <tr><th>Connections opened so far</th><td>%d</td></tr>
            <tr><th>Times one was reused</th><td>%d</td></tr>
            <tr><th>Open now</th><td>%d</td></tr>
            <tr><th>Most open at once</th><td>%d</td></tr>
            </table>
            <p>Reload the page: every request has a thread, none keeps a connection.</p>""";

    private Html() {}

    static String landing(Optional<User> user, ThreadModel threads, ConnectionCounts counts) {
        String answer = user.map(known -> "The answer: <strong>" + escape(known.username()) + "</strong>")
                .orElse("The answer: nobody. The user does not exist here, or has another password.");
        String content = LANDING.formatted(
                DemoSite.USERNAME,
                DemoSite.PASSWORD,
                answer,
                threads,
                escape(Thread.currentThread().getName()),
                counts.opened(),
                counts.reused(),
                counts.open(),
                counts.peak());
        return page("Landing page", content);
    }

    static String page(String title, String content) {
        return PAGE.formatted(title, content);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
