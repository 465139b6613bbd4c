package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mooring.auth.http.AuthSettings;
import dev.mooring.auth.http.HttpAuth;
import dev.mooring.auth.sessions.SharedDatabase;
import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.django.DjangoShell;
import dev.mooring.django.RealDjango;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The service of docs/guide-django.md, beside the real Django")
class DjangoGuideTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @EnumSource
    @DisplayName("knows who logged in there, changes their password, and logs them out on both sides")
    void sharesALogin(Engine engine, TestInfo test) throws Exception {
        RealDjango django = RealDjango.require(test);
        try (SharedDatabase database = SharedDatabase.create(engine);
                DjangoShell shell = database.shell(django)) {
            AuthSettings settings = AuthSettings.of(Map.of("SECRET_KEY", SharedDatabase.SECRET_KEY));
            HttpServer server = new Service(HttpAuth.of(database.databases(), settings)).start(0);
            URI uri = URI.create("http://localhost:" + server.getAddress().getPort());
            String cookies = shell.run("""
                    from django.contrib.auth.models import User
                    from django.test import Client
                    User.objects.create_user('alice', password='correct horse')
                    browser = Client()
                    browser.post('/login', {'username': 'alice', 'password': 'correct horse'})
                    token = browser.get('/form').content.decode()
                    print('; '.join(f'{name}={cookie.value}' for name, cookie in browser.cookies.items()))
                    """);
            String token = shell.run("print(token)");

            assertThat(get(uri, cookies)).startsWith("Hello, alice! You may not add users.");
            assertThat(post(uri.resolve("/password"), cookies, token + "&password=battery+staple"))
                    .startsWith("Hello, alice!");
            assertThat(shell.run("print(User.objects.get().check_password('battery staple'))"))
                    .isEqualTo("True");
            assertThat(get(uri, cookies)).as("the session has a new key").startsWith("Who are you?");
            assertThat(post(uri.resolve("/login"), cookies, token + "&username=alice&password=battery+staple"))
                    .startsWith("Hello, alice!");
            assertThat(post(uri.resolve("/logout"), cookies, token)).startsWith("Who are you?");
            server.stop(0);
        }
    }

    private String get(URI uri, String cookies) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).header("Cookie", cookies).build(), BodyHandlers.ofString())
                .body();
    }

    private String post(URI uri, String cookies, String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Cookie", cookies)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("csrfmiddlewaretoken=" + form))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
