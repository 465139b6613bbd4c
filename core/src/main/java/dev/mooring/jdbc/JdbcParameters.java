package dev.mooring.jdbc;

import dev.mooring.statement.ErrorTranslator;
import dev.mooring.statement.SqlText;
import java.lang.reflect.Method;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parameters of a prepared statement were set, for a driver that takes those which were not for NULL. Other drivers
 * refuse such a statement themselves. Confined to the statement's thread.
 */
final class JdbcParameters {

    /** SQLSTATE of a statement with too few parameters. */
    private static final String TOO_FEW = "07001";

    private static final Set<String> FORGETTING =
            Set.of("clearParameters", "clearBatch", "executeBatch", "executeLargeBatch");

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
    void before(Method method, @Nullable Object[] arguments, Object driver) throws SQLException {
        String name = method.getName();
        boolean runs = name.equals("addBatch") || (name.startsWith("execute") && !name.endsWith("Batch"));
        if (text.parameters() > 0 && runs && arguments.length == 0 && driver instanceof PreparedStatement prepared) {
            int count = prepared.getParameterMetaData().getParameterCount();
            int missing = set.nextClearBit(1);
            if (missing <= count) {
                throw new SQLException(
                        "Parameter %d of %d of the statement is not set; statement: %s"
                                .formatted(missing, count, ErrorTranslator.shortened(text.sql())),
                        TOO_FEW);
            }
        }
    }

    /** Notes what a call did, which went well. SQLite's driver forgets the parameters with the batch. */
    void after(Method method, @Nullable Object[] arguments) {
        String name = method.getName();
        if (FORGETTING.contains(name)) {
            set.clear();
        } else if (arguments.length > 1
                && arguments[0] instanceof Integer index
                && index > 0
                && name.startsWith("set")) {
            set.set(index);
        }
    }
}
