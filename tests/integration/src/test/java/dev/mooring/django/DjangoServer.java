package dev.mooring.django;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process with Django set up, which runs each program in a fork of itself: starting Django takes most of a second of a
 * processor's time. It ends with this JVM, whose end of the pipe to it closes then. Thread-safe.
 */
final class DjangoServer {

    private final UnixDomainSocketAddress address;

    private DjangoServer(UnixDomainSocketAddress address) {
        this.address = address;
    }

    static DjangoServer start(String python, Path script, Map<String, String> environment) {
        try {
            Path socket = Files.createTempDirectory("django").resolve("socket");
            socket.getParent().toFile().deleteOnExit();
            socket.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(List.of(python, script.toString(), socket.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            BufferedReader output = builder.start().inputReader(UTF_8);
            if (!"ready".equals(output.readLine())) {
                throw new IllegalStateException("Django did not start; its process has printed why");
            }
            return new DjangoServer(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a Python of its own, with Django on the database that {@code variables} name} */
    DjangoShell shell(Map<String, String> variables) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(address);
            return new DjangoShell(channel, variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
