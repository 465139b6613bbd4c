package dev.mooring.jdbc;

import dev.mooring.statement.ErrorTranslator;
import dev.mooring.statement.SqlText;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;

/**
 * Which parameters of a prepared statement were set, for a driver that takes those which were not for NULL. Other drivers
 * refuse such a statement themselves. Confined to the statement's thread.
 */
final class JdbcParameters {

    /** SQLSTATE of a statement with too few parameters. */
    private static final String TOO_FEW = "07001";

    private final SqlText text;
    private final BitSet set = new BitSet();

    JdbcParameters(SqlText text) {
        this.text = text;
    }

    /** Refuses a text with parameters that is not prepared. */
    static SqlText requireNone(SqlText text) throws SQLException {
        if (text.parameters() > 0) {
            throw new SQLException(
                    "The statement has parameters, which only a PreparedStatement can be given; statement: "
                            + ErrorTranslator.shortened(text.sql()),
                    TOO_FEW);
        }
        return text;
    }

    /** Refuses to run the statement, or to add it to a batch, unless all its parameters are set. */
    void check(Statement driver, JdbcSession session) throws SQLException {
        if (text.parameters() > 0 && driver instanceof PreparedStatement prepared) {
            int count = session.watched(
                    text.sql(), () -> prepared.getParameterMetaData().getParameterCount());
            int missing = set.nextClearBit(1);
            if (missing <= count) {
                throw new SQLException(
                        "Parameter %d of %d of the statement is not set; statement: %s"
                                .formatted(missing, count, ErrorTranslator.shortened(text.sql())),
                        TOO_FEW);
            }
        }
    }

    /** A parameter was set. */
    void set(int index) {
        if (index > 0) {
            set.set(index);
        }
    }

    /** The parameters were cleared, or the batch was run or cleared: SQLite's driver forgets them with the batch. */
    void clear() {
        set.clear();
    }
}
