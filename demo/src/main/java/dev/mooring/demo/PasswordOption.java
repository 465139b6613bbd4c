package dev.mooring.demo;

import dev.mooring.error.ImproperlyConfiguredException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a password comes from: never from the command line, which other users of the machine can read. */
final class PasswordOption {

    @Option(
            names = "--password-stdin",
            description = "Read the password from standard input (its first line) instead of asking for it.")
    private boolean fromStdin;

    /** {@return the password, asked for once} */
    String read(Terminal terminal) {
        return fromStdin ? firstLine(terminal) : ask(console(), "Password: ");
    }

    /** {@return a new password, asked for twice, not empty} */
    String readNew(Terminal terminal) {
        String password = read(terminal);
        if (password.isEmpty()) {
            throw new ImproperlyConfiguredException("The password is empty; give one of at least one character");
        }
        if (!fromStdin && !password.equals(ask(console(), "Password (again): "))) {
            throw new ImproperlyConfiguredException("The two passwords differ; try again");
        }
        return password;
    }

    private static String firstLine(Terminal terminal) {
        try {
            String line = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw new ImproperlyConfiguredException(
                        "--password-stdin: standard input is empty; pipe the password in");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Console console() {
        return Optional.ofNullable(System.console())
                .filter(PasswordOption::isTerminal)
                .orElseThrow(() -> new ImproperlyConfiguredException(
                        "There is no terminal to ask for the password; use --password-stdin"));
    }

    /** From JDK 22 there may be a console without a terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static String ask(Console console, String prompt) {
        char[] typed = console.readPassword(prompt);
        if (typed == null) {
            throw new ImproperlyConfiguredException("No password was typed; try again, or use --password-stdin");
        }
        String password = new String(typed);
        Arrays.fill(typed, ' ');
        return password;
    }
}
