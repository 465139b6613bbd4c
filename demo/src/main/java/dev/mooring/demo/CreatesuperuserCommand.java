package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.error.IntegrityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Django's {@code createsuperuser}. */
@Command(
        name = "createsuperuser",
        description = "Create a user who has every permission. Exit code 1 if the name is taken.",
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class CreatesuperuserCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Mixin
    private final PasswordOption password = new PasswordOption();

    @Option(names = "--username", required = true, paramLabel = "NAME", description = "The name to log in with.")
    private String username = "";

    @Option(names = "--email", paramLabel = "ADDRESS", description = "The e-mail address. Default: none.")
    private String email = "";

    CreatesuperuserCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(target.settings())) {
            Users users = Users.of(databases);
            if (users.findByUsername(username).isPresent()) {
                return taken();
            }
            return create(users);
        }
    }

    private int create(Users users) {
        try {
            User user = users.createSuperuser(username, email, password.readNew(terminal));
            terminal.out().println("Created the superuser " + user.username() + ".");
            return ExitCode.OK;
        } catch (IntegrityException e) { // somebody was faster
            return taken();
        } catch (IllegalArgumentException e) {
            throw new ImproperlyConfiguredException(e.getMessage(), e);
        }
    }

    private int taken() {
        terminal.err().println("There is a user '" + username + "' already.");
        return ExitCode.NO;
    }
}
