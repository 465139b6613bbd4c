package dev.mooring.demo;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;

/** Where a command reads and writes: the process's own streams and environment, or a test's. */
record Terminal(PrintWriter out, PrintWriter err, InputStream in, Map<String, String> environment) {

    /** {@return the same one, which obeys nothing that is written to it} */
    Terminal printable() {
        return new Terminal(printable(out), printable(err), in, environment);
    }

    private static PrintWriter printable(PrintWriter to) {
        return new PrintWriter(new PrintableWriter(to), true);
    }
}
