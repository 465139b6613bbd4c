package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.validation.InvalidPasswordException;
import dev.mooring.auth.validation.PasswordValidators;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Django's {@code changepassword}. */
@Command(
        name = "changepassword",
        description = {
            "Give a user another password, which ends their sessions. Exit code 1 if there is no such",
            "user, or if the password breaks a rule."
        },
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class ChangepasswordCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Mixin
    private final PasswordOption password = new PasswordOption();

    @Option(names = "--no-validation", description = "Take a password that breaks the rules of Django's startproject.")
    private boolean noValidation;

    @Parameters(paramLabel = "USERNAME", description = "Whose password is to be changed.")
    private String username = "";

    ChangepasswordCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(target.settings())) {
            Users users = Users.of(databases);
            Optional<User> user = users.findByUsername(username);
            if (user.isEmpty()) {
                terminal.err().println("There is no user '" + username + "'.");
                return ExitCode.NO;
            }
            return change(users, user.get());
        }
    }

    private int change(Users users, User user) {
        String changed = password.readNew(terminal);
        try {
            if (!noValidation) {
                PasswordValidators.defaults().validate(changed, user);
            }
            User saved = users.setPassword(user, changed);
            terminal.out().println("Changed the password of " + saved.username() + "; their sessions have ended.");
            return ExitCode.OK;
        } catch (InvalidPasswordException e) {
            e.problems().forEach(problem -> terminal.err().println(problem.message()));
            return ExitCode.NO;
        } catch (IllegalArgumentException e) {
            throw new ImproperlyConfiguredException(e.getMessage(), e);
        }
    }
}
