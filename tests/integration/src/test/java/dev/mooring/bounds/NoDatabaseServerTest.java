package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.OperationalException;
import dev.mooring.postgres.PostgresBackendProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever listens there, connecting ends, and the error says where it was tried. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NoDatabaseServerTest {

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void noAnswerToTheHandshake() throws IOException { // The queue is full, and the kernel drops what else comes
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            boolean full = false;
            while (!full) {
                Socket socket = new Socket();
                sockets.add(socket);
                try {
                    socket.connect(listener.getLocalSocketAddress(), 300);
                } catch (SocketTimeoutException e) {
                    full = true;
                }
            }

            refuses(listener);
        }
    }

    @Test
    void anAnswerInAnotherProtocol() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                while (!listener.isClosed()) {
                    try (Socket client = listener.accept()) {
                        client.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        client.shutdownOutput();
                        client.getInputStream().readAllBytes();
                    } catch (IOException e) {
                        // The client has heard enough.
                    }
                }
            });
            server.setDaemon(true);
            server.start();

            refuses(listener);
        }
    }

    private static void refuses(ServerSocket listener) {
        try (Databases databases = Databases.builder()
                .backend(new PostgresBackendProvider())
                .add(DatabaseSettings.builder("default")
                        .engine("postgresql")
                        .name("shop")
                        .user("me")
                        .password("canary")
                        .host("localhost")
                        .port(listener.getLocalPort())
                        .connectTimeout(Duration.ofSeconds(1))
                        .acquireTimeout(Duration.ofSeconds(2))
                        .build())
                .build()) {
            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> databases.get().query("SELECT 1"))
                    .withMessageContaining("localhost")
                    .withMessageContaining("port " + listener.getLocalPort())
                    .withMessageNotContaining("canary");
        }
    }
}
