package dev.mooring.auth.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser with cookies of its own. */
final class Browser {

    final Map<String, String> cookies = new LinkedHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI site;
    /** The values of the headers {@code Set-Cookie} in the last answer. */
    List<String> set = List.of();

    int status;

    Browser(URI site) {
        this.site = site;
    }

    String get(String path) {
        return send(request(path).GET());
    }

    String post(String path, Map<String, String> form, String... headers) {
        return post(request(path), form, headers);
    }

    /** As {@link #post}, with the path as it is: dots in it go to the server. */
    String postUnresolved(String path, Map<String, String> form) {
        return post(HttpRequest.newBuilder(URI.create(site + path)), form);
    }

    private String post(HttpRequest.Builder target, Map<String, String> form, String... headers) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = target.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    String login(String username, String password) {
        String token = get("/form");
        return post("/login", Map.of("username", username, "password", password, "csrfmiddlewaretoken", token));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(site.resolve(path));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            status = response.statusCode();
            set = response.headers().allValues("Set-Cookie");
            set.forEach(this::set);
            return response.body();
        } catch (IOException e) {
            status = -1;
            return e.toString();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void set(String header) {
        HttpCookie cookie = HttpCookie.parse(header).get(0);
        if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie.getValue());
        }
    }
}
