package dev.mooring.statement;

import static java.util.Objects.requireNonNull;

import dev.mooring.spi.ValueCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement and what is known of its results: the last one and, if they serve later ones too, their columns. For
 * the thread that leases the connection.
 */
public final class CachedStatement {

    private static final int NONE = -1;

    private SqlText text;
    private final PreparedStatement statement;
    private @Nullable Columns columns;
    private @Nullable ResultSet rows;
    private int updateCount = NONE;
    private int fetchSize;
    private boolean holdsValues;
    private boolean inUse = true;

    CachedStatement(SqlText text, PreparedStatement statement) {
        this.text = text;
        this.statement = statement;
    }

    public SqlText text() {
        return text;
    }

    public PreparedStatement jdbc() {
        return statement;
    }

    /** Has rows come that many at a time, or as the driver likes if that is 0. */
    public void fetchSize(int size) throws SQLException {
        if (fetchSize != size) {
            statement.setFetchSize(size);
            fetchSize = size;
        }
    }

    /** Binds {@code value}; {@link #clear} forgets what is more than a number. */
    void bind(ValueCodec codec, int index, @Nullable Object value) throws SQLException {
        holdsValues |= !(value instanceof Number);
        codec.bind(statement, index, value);
    }

    /** {@return whether there are {@link #rows()}} Of a text of several statements, the last one's result is taken. */
    public boolean execute() throws SQLException {
        if (columns == null) {
            rows = statement.execute() ? statement.getResultSet() : null;
            updateCount = rows != null ? NONE : text.counted() ? statement.getUpdateCount() : 0;
            for (int i = 1; i < text.statements(); i++) {
                goToNextResult();
            }
        } else {
            // A query, then; drivers do less for one: SQLite's looks for no generated key.
            rows = statement.executeQuery();
        }
        return rows != null;
    }

    private void goToNextResult() throws SQLException {
        boolean more = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
        int count = more ? NONE : statement.getUpdateCount();
        if (more || count != NONE) {
            closeRows();
            rows = more ? statement.getResultSet() : null;
            updateCount = count;
        }
    }

    /** {@return the rows of the last execution, which had some} */
    public ResultSet rows() {
        return requireNonNull(rows);
    }

    /** {@return how many rows are left of the last execution} They are read to the end: SQLite commits no sooner. */
    public int countRows() throws SQLException {
        int count = 0;
        while (rows().next()) {
            count++;
        }
        return count;
    }

    /** Ends the last execution. Left unread, rows keep SQLite's read lock for as long as the statement is kept. */
    public void closeRows() throws SQLException {
        ResultSet closing = rows;
        rows = null;
        if (closing != null) {
            closing.close();
        }
    }

    /** {@return how many rows the last execution changed, if it had no {@link #rows()}} */
    public int updateCount() {
        return Math.max(0, updateCount);
    }

    /** {@return the columns of the rows} */
    Columns columns(ValueCodec codec) throws SQLException {
        Columns known = columns;
        if (known == null) {
            known = Columns.of(rows(), codec);
            if (codec.readersAreKept() && !text.several() && known.areNamedBy(text.sql())) {
                columns = known;
            }
        }
        return known;
    }

    /** Forgets what was bound: of that nothing is to stay behind but numbers. */
    void clear() throws SQLException {
        if (holdsValues) {
            statement.clearParameters();
            holdsValues = false;
        }
    }

    boolean isInUse() {
        return inUse;
    }

    /** Begins another use, by a statement that {@code reading} tells: only the names of its parameters may be others. */
    void reuse(SqlText reading) {
        text = reading;
        inUse = true;
    }

    void endUse() {
        inUse = false;
    }
}
