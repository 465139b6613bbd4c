package dev.mooring.demo;

import dev.mooring.config.LeaseScope;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: registers the commands and turns what they throw into exit codes. */
@Command(
        name = "mooring",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Django's database layer for the JVM, and Django ticket #30441 as an experiment.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or the answer is yes",
            "1:the answer is no: a wrong password, requests that failed",
            "2:bad usage or configuration, or the database cannot be reached",
            "3:a fault of this program"
        })
final class Main {

    private static final String LOG_LEVEL = "mooring.log";
    private static final int HELP_WIDTH = 100;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        Terminal terminal = new Terminal(writer(System.out), writer(System.err), System.in, System.getenv());
        System.exit(run(terminal, args));
    }

    static int run(Terminal terminal, String... args) {
        ErrorReport errors = new ErrorReport(terminal.printable().err());
        try {
            return commandLine(terminal)
                    .setParameterExceptionHandler(errors)
                    .setExecutionExceptionHandler(errors)
                    .execute(args);
        } catch (Error e) {
            return errors.report(e, true);
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    static CommandLine commandLine(Terminal terminal) {
        // Not for the usage help, which has colours.
        Terminal shown = terminal.printable();
        return new CommandLine(new Main())
                .addSubcommand(new ScenarioCommand(shown))
                .addSubcommand(new RunserverCommand(shown))
                .addSubcommand(new MigrateCommand(shown))
                .addSubcommand(new ShowmigrationsCommand(shown))
                .addSubcommand(new SqlmigrateCommand(shown))
                .addSubcommand(new CreatesuperuserCommand(shown))
                .addSubcommand(new AuthenticateCommand(shown))
                .addSubcommand(new ChangepasswordCommand(shown))
                .addSubcommand(new ClearsessionsCommand(shown))
                .addSubcommand(new CheckCommand(shown))
                .addSubcommand(new InspectCommand(shown))
                .addSubcommand(new DbshellCommand(shown))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpWidth(HELP_WIDTH)
                .registerConverter(ThreadModel.class, new Choice<>(ThreadModel.class))
                .registerConverter(LeaseScope.class, new Choice<>(LeaseScope.class))
                .registerConverter(Hasher.class, new Choice<>(Hasher.class));
    }

    /** Logging reads the property when the first logger is made, which is after the command line was read. */
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log each connection opened and closed; show stack traces.")
    void verbose(boolean verbose) {
        if (verbose) {
            System.setProperty(LOG_LEVEL, "DEBUG");
        }
    }

    static boolean isVerbose() {
        return System.getProperty(LOG_LEVEL) != null;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"mooring " + (version == null ? "(development)" : version)};
        }
    }
}
