package dev.mooring;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.Backend;
import java.util.List;

/** Remembers how the statements of one database read, those used recently: programs repeat themselves. Any thread. */
final class SqlTexts {

    /** For each of the three ways to read a text: some ten thousand statements of an ordinary length. */
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final Backend backend;
    private final RecentTexts plain = new RecentTexts(MAX_BYTES);
    private final RecentTexts withParameters = new RecentTexts(MAX_BYTES);
    private final RecentTexts forDriver = new RecentTexts(MAX_BYTES);

    SqlTexts(Backend backend) {
        this.backend = backend;
    }

    /** {@return the reading of {@code sql}; a percent sign is itself unless there are parameters} */
    SqlText read(String sql, boolean parameters) {
        RecentTexts known = parameters ? withParameters : plain;
        SqlText text = known.get(sql);
        if (text == null) {
            requireStatement(sql);
            text = new PlaceholderParser(sql, parameters, backend.dialect().questionMark())
                    .parse(leavesSessionAlone(sql), mayWrite(sql));
            requireWhole(text.sql(), sql);
            known.put(sql, text);
        }
        return text;
    }

    /** {@return the reading of a statement that goes to the driver as it is, placeholders and all} */
    SqlText readForDriver(String sql) {
        SqlText text = forDriver.get(sql);
        if (text == null) {
            PlaceholderParser.refuseNul(sql);
            if (!backend.dialect().runsEmpty()) {
                requireStatement(sql);
            }
            requireWhole(sql, sql);
            text = new SqlText(sql, 0, List.of(), leavesSessionAlone(sql), mayWrite(sql));
            forDriver.put(sql, text);
        }
        return text;
    }

    /** Databases differ: one takes it for a success, another's driver fails in a way that costs the connection. */
    private void requireStatement(String sql) {
        if (backend.dialect().isEmpty(sql)) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The statement is empty: it holds nothing but blanks, comments and semicolons; give it an SQL command, or leave the call out; statement: '%s'"
                            .formatted(sql));
        }
    }

    private void requireWhole(String forDriver, String sql) {
        if (!backend.dialect().runsWhole(forDriver)) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The text holds several statements, which this database's driver may not run whole; run one statement a call; statement: "
                            + sql);
        }
    }

    private boolean leavesSessionAlone(String sql) {
        return backend.sessionRules().leavesSessionAlone(sql);
    }

    private boolean mayWrite(String sql) {
        return backend.sessionRules().mayWrite(sql);
    }
}
