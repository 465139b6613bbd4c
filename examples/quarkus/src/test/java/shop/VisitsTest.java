package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.Databases;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

@QuarkusTest
class VisitsTest {

    @TestHTTPResource("/visits")
    URI visits;

    @Inject
    Databases databases;

    @Test
    void countsWhatWasNotForgotten() throws Exception {
        long before = Long.parseLong(send("GET", visits));

        assertEquals("thank you", send("POST", visits));
        assertEquals("forgotten", send("POST", URI.create(visits + "/forgotten")));

        assertEquals(Long.toString(before + 1), send("GET", visits));
        assertEquals(0, databases.using("default").counts().leased());
    }

    private static String send(String method, URI uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
