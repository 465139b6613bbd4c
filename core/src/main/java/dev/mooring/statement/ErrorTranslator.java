package dev.mooring.statement;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.spi.Backend;
import dev.mooring.spi.ErrorVerdict;
import dev.mooring.spi.HiddenValues;
import java.sql.SQLException;
import java.util.StringJoiner;

/** Turns what a driver throws into the family of PEP 249, with the driver's exception as its cause. Thread-safe. */
public final class ErrorTranslator {

    /** A database may quote a value of any length, and messages go to logs. */
    private static final int LONGEST_TEXT = 2_000;

    private final String alias;
    private final Backend backend;
    private final boolean showsValues;

    public ErrorTranslator(DatabaseSettings settings, Backend backend) {
        this.alias = settings.alias();
        this.backend = backend;
        this.showsValues = settings.valuesInErrors();
    }

    /** {@return the verdict on {@code error}, and on what failed besides it, such as closing the statement} */
    public ErrorVerdict classify(SQLException error) {
        ErrorVerdict verdict = backend.errorClassifier().classify(error);
        for (Throwable further : error.getSuppressed()) {
            if ((verdict.isBenign() || verdict.refusesWrite())
                    && !(further instanceof SQLException sql && classify(sql).isBenign())) {
                return ErrorVerdict.connectionInvalid(verdict.kind());
            }
        }
        return verdict;
    }

    /** {@return whether the connection is valid after {@code error}} */
    public boolean isSoundAfter(RuntimeException error) {
        return backend.errorClassifier().isSoundAfter(error);
    }

    /** {@return the exception to throw; {@code attempt} ends the sentence "Could not ... on database 'x'"} */
    public DatabaseException translate(SQLException error, String attempt) {
        String message = "Could not %s on database '%s': %s"
                .formatted(
                        shortened(attempt),
                        alias,
                        reason(error, attempt) + backend.errorClassifier().wayOut(error));
        return classify(error).kind().exception(message, cause(error, attempt));
    }

    /** {@return what the driver says and its SQLSTATE, without values that are not in {@code shown}} */
    String reason(SQLException error, String shown) {
        String state = error.getSQLState() == null ? "" : " (SQLSTATE " + error.getSQLState() + ")";
        return shortened(text(error, shown)) + state;
    }

    /** {@return {@code error}, or one that says the same without its values and not at length, since causes are logged as well} */
    SQLException cause(SQLException error, String shown) {
        String text = text(error, shown);
        if (text.length() <= LONGEST_TEXT && !HiddenValues.differ(text, String.valueOf(error.getMessage()))) {
            return error;
        }
        SQLException safe = new SQLException(shortened(text), error.getSQLState(), error.getErrorCode());
        safe.setStackTrace(error.getStackTrace());
        return safe;
    }

    private String text(SQLException error, String shown) {
        return showsValues
                ? String.valueOf(error.getMessage())
                : backend.errorClassifier().withoutValues(error, shown);
    }

    /** {@return {@code text}, or its beginning and how long it was} */
    public static String shortened(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
        return text.substring(0, LONGEST_TEXT - (splits ? 1 : 0)) + "... (cut off; it has " + text.length()
                + " characters)";
    }

    /** {@return the exception for a connection that could not be opened; it names the settings that were used} */
    public DatabaseException connectFailed(SQLException error, DatabaseSettings settings) {
        StringJoiner used = new StringJoiner(", ");
        used.add("engine '" + settings.engine() + "'").add("name '" + settings.name() + "'");
        if (!settings.host().isEmpty()) {
            used.add("host '" + settings.host() + "'");
        }
        settings.port().ifPresent(port -> used.add("port " + port));
        if (!settings.user().isEmpty()) {
            used.add("user '" + settings.user() + "'");
        }
        String with = used + (settings.password().isEmpty() ? "" : " and a password");
        if (Thread.currentThread().isInterrupted()) {
            return classify(error)
                    .kind()
                    .exception(
                            ("Could not connect to database '%s' with the settings %s: the thread '%s' was interrupted. Whoever "
                                            + "interrupted it wants it to stop; to go on, clear the flag with "
                                            + "Thread.interrupted() before")
                                    .formatted(
                                            alias, with, Thread.currentThread().getName()),
                            error);
        }
        // No value of a row or parameter is in play yet: what is quoted comes from the settings.
        String message = "Could not connect to database '%s' with the settings %s: %s"
                .formatted(alias, with, reason(error, String.valueOf(error.getMessage())));
        return classify(error).kind().exception(message, error);
    }
}
