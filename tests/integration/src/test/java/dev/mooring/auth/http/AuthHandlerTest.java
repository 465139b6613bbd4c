package dev.mooring.auth.http;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On the JDK's HttpServer, a site shares Django's sessions")
class AuthHandlerTest extends HttpContract {

    private JdkServer server;

    @Override
    URI start(Site site) {
        server = new JdkServer(site);
        return server.uri();
    }

    @Override
    void stop() {
        server.close();
    }

    /** There is one thread, so that the answer to one more request says that the others are done. */
    @Override
    void awaitDone(int requests) {
        server.awaitIdle();
    }
}
