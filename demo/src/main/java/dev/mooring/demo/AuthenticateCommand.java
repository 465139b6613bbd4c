package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.User;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Calls {@code authenticate()} once. */
@Command(
        name = "authenticate",
        description = "Check a user's password. Prints the user's name and ends with 0, or with 1 if the answer is no.",
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class AuthenticateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Mixin
    private final PasswordOption password = new PasswordOption();

    @Parameters(paramLabel = "USERNAME", description = "Who wants to log in.")
    private String username = "";

    AuthenticateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(target.settings())) {
            Optional<User> user = Authenticator.of(databases).authenticate(null, username, password.read(terminal));
            if (user.isEmpty()) {
                terminal.err().println("No: wrong name or password, or the user is not active.");
                return ExitCode.NO;
            }
            terminal.out().println(user.get().username());
            return ExitCode.OK;
        }
    }
}
