package dev.mooring.benchmarks.compare;

import dev.mooring.benchmarks.rival.PostgresServer;
import dev.mooring.benchmarks.rival.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JVMs that measure: all of this kind, with the same heap and collector, and what they share. */
final class Jvm {

    private final List<String> arguments = new ArrayList<>();

    Jvm() throws IOException {
        arguments.add("-Xms1g");
        arguments.add("-Xmx1g");
        arguments.add("-XX:+UseG1GC");
        arguments.add("-D" + WorkDirectory.PROPERTY + "=" + WorkDirectory.path());
        arguments.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        if (Runtime.version().feature() >= 22) {
            arguments.add("--enable-native-access=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= 23) {
            arguments.add("--sun-misc-unsafe-memory-access=allow"); // JMH 1.37 does.
        }
    }

    /** Lets the JVMs to come use a server instead of starting their own. */
    void share(PostgresServer server) {
        arguments.add("-D" + PostgresServer.PROPERTY + "=" + server.port());
    }

    List<String> arguments() {
        return List.copyOf(arguments);
    }

    List<String> command(Class<?> main, String... programArguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(programArguments));
        return command;
    }
}
