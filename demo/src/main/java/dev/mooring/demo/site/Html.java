package dev.mooring.demo.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What all pages have in common. */
final class Html {

    private static final String STYLE = """
            :root { color-scheme: light dark; --text: #1d2733; --back: #ffffff; --soft: #eef2f6; --line: #d5dde5;
              --link: #0b5cad; --bad: #a3200d; }
            @media (prefers-color-scheme: dark) { :root { --text: #e4eaf0; --back: #14191f; --soft: #232b34;
              --line: #3a4653; --link: #7db8f5; --bad: #ff9c8a; } }
            * { box-sizing: border-box; }
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem 1rem 3rem;
              color: var(--text); background: var(--back); overflow-wrap: break-word; }
            nav { display: flex; gap: 1.5rem; border-bottom: 1px solid var(--line); }
            nav a { padding: .6rem 0; }
            a { color: var(--link); }
            h1 { line-height: 1.2; }
            code { background: var(--soft); padding: .1em .3em; border-radius: .2em; }
            table { border-collapse: collapse; margin: 1.5rem 0; }
            th, td { text-align: left; vertical-align: top; padding: .3rem 2rem .3rem 0; border-bottom: 1px solid var(--line); }
            th { font-weight: 600; }
            td.figure { font-variant-numeric: tabular-nums; text-align: right; padding-right: 0; }
            label { display: block; font-weight: 600; margin-top: 1rem; }
            input, button { font: inherit; color: inherit; min-height: 2.75rem; padding: .5rem .75rem; border-radius: .3rem; }
            input { display: block; width: 100%; max-width: 22rem; background: var(--back); border: 1px solid #7a8896; }
            button { margin-top: 1.25rem; background: #0b5cad; color: #ffffff; border: 0; cursor: pointer; }
            :focus-visible { outline: 3px solid #e08a00; outline-offset: 2px; }
            .problem { color: var(--bad); border-left: .3rem solid var(--bad); padding-left: .75rem; }
            """;

    private static final String DOCUMENT = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s - Mooring</title>
            <style>%2$s</style>
            %4$s
            </head>
            <body>
            <nav aria-label="Pages"><a href="/">Landing page</a><a href="/mooring">Live</a><a href="/account">Your account</a></nav>
            <main>
            <h1>%1$s</h1>
            %3$s
            </main>
            </body>
            </html>
            """;

    /** The only style sheet that the pages' security policy allows. */
    static final String STYLE_HASH = "sha256-" + Base64.getEncoder().encodeToString(sha256(STYLE));

    private Html() {}

    /** {@return a whole page} The title is text, the content is HTML. */
    static String document(String title, String content) {
        return document(title, "", content);
    }

    /** {@return a whole page with more in its head} */
    static String document(String title, String head, String content) {
        return DOCUMENT.formatted(escape(title), STYLE, content, head);
    }

    /** {@return the hidden field that a form needs to be taken} */
    static String csrfField(String token) {
        return "<input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"" + escape(token) + "\">";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
