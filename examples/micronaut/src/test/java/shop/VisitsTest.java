package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.Databases;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

@MicronautTest
class VisitsTest {

    @Inject
    EmbeddedServer server;

    @Inject
    Databases databases;

    @Test
    void countsWhatWasNotForgotten() throws Exception {
        long before = Long.parseLong(send("GET", "/visits"));

        assertEquals("thank you", send("POST", "/visits"));
        assertEquals("forgotten", send("POST", "/visits/forgotten"));

        assertEquals(Long.toString(before + 1), send("GET", "/visits"));
        assertEquals(0, databases.using("default").counts().leased());
    }

    private String send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.getURL() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
