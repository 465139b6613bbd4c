package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.auth.sessions.SessionStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Django's {@code clearsessions}. */
@Command(
        name = "clearsessions",
        description = "Delete the sessions that have expired. Run it once a day.",
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class ClearsessionsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    ClearsessionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(target.settings())) {
            // What a session says is not read, so any key will do.
            int deleted = SessionStore.of(databases, SecretKeyOption.random()).clearExpired();
            terminal.out().println("Deleted " + deleted + (deleted == 1 ? " expired session." : " expired sessions."));
            return ExitCode.OK;
        }
    }
}
