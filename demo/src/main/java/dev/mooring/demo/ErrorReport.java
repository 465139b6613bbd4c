package dev.mooring.demo;

import dev.mooring.demo.text.Messages;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.migrations.MigrationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says in one message what went wrong. A stack trace is shown on demand only, a password in a URL never. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** The word "password" itself is how our own messages spell the form of a URL. */
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(://[^\\s/:@]*):(?!password@)\\S*@");

    private final PrintWriter err;

    ErrorReport(PrintWriter err) {
        this.err = err;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        print("error: " + e.getMessage());
        print("Try '" + command + " --help'.");
        return ExitCode.BAD_USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return report(e, Main.isVerbose());
    }

    int report(Throwable e, boolean withTrace) {
        boolean expected = e instanceof ImproperlyConfiguredException
                || e instanceof DatabaseException
                || e instanceof MigrationException;
        print("error: " + (expected ? Messages.chain(e) : "a fault of this program: " + e));
        if (e instanceof DatabaseException) {
            print("The database is the one that --database names, else DATABASE_URL.");
        }
        if (withTrace) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            print(trace.toString());
        } else if (!expected) {
            print("Add --verbose for the stack trace.");
        }
        return expected ? ExitCode.BAD_USAGE : ExitCode.FAULT;
    }

    private void print(String text) {
        err.println(PASSWORD_IN_URL.matcher(text).replaceAll("$1:***@"));
    }
}
