package dev.mooring.differential;

import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says in a line what came out of a call, the same line for a driver's object and for one of the view. */
final class Outcome {

    private final Subject subject;

    Outcome(Subject subject) {
        this.subject = subject;
    }

    static String of(Throwable error) {
        if (error instanceof SQLFeatureNotSupportedException) {
            return "not supported";
        }
        return error instanceof SQLException e
                ? "SQLSTATE " + e.getSQLState()
                : error.getClass().getSimpleName();
    }

    String of(@Nullable Object value) throws Exception {
        if (value == subject.connection) {
            return "the connection";
        } else if (value == subject.statement && value != null) {
            return "the statement";
        } else if (value == subject.made && value != null) {
            return "itself";
        } else if (value instanceof ResultSet rows) {
            return rows(rows);
        } else if (value instanceof Statement statement) {
            return "a statement of " + of(statement.getConnection());
        } else if (value instanceof DatabaseMetaData metaData) {
            return "metadata of " + of(metaData.getConnection());
        } else if (value instanceof Connection) {
            return "another connection";
        } else if (value instanceof Array array) {
            return "array " + of(array.getArray()) + ", as " + of(array.getResultSet());
        } else if (value instanceof Blob blob) {
            return "blob " + of(blob.getBytes(1, (int) blob.length()));
        } else if (value instanceof Clob clob) {
            return "clob " + clob.getSubString(1, (int) clob.length());
        }
        return ofPlain(value);
    }

    private String ofPlain(@Nullable Object value) throws Exception {
        if (value instanceof InputStream stream) {
            return "stream " + Arrays.toString(stream.readAllBytes());
        } else if (value instanceof Writer) {
            return "a writer";
        } else if (value instanceof Reader reader) {
            char[] read = new char[100];
            return "reader " + new String(read, 0, Math.max(0, reader.read(read)));
        } else if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map).toString();
        } else if (value instanceof ResultSetMetaData columns) {
            return columns.getColumnCount() + " columns";
        } else if (value instanceof ParameterMetaData parameters) {
            return parameters.getParameterCount() + " parameters";
        } else if (value instanceof SQLWarning warning) {
            return "warning " + warning.getSQLState();
        } else if (value instanceof Struct struct) {
            return "struct " + struct.getSQLTypeName() + " " + Arrays.toString(struct.getAttributes());
        } else if (value instanceof RowId id) {
            return "row id " + Arrays.toString(id.getBytes());
        } else if (value instanceof Ref ref) {
            return "ref " + ref.getBaseTypeName();
        } else if (value instanceof SQLXML xml) {
            return "xml " + xml.getString();
        } else if (value == null) {
            return "null";
        } else if (value.getClass().isArray()) {
            return Arrays.deepToString(new Object[] {value});
        }
        boolean spoken = value.getClass().getName().startsWith("java.")
                || value.getClass().isPrimitive();
        return spoken ? value.getClass().getSimpleName() + " " + value : "an object";
    }

    private String rows(ResultSet rows) throws Exception {
        Statement statement = rows.getStatement();
        String from = statement == subject.statement && statement != null
                ? "the statement"
                : statement == null ? "no statement" : "a statement of " + of(statement.getConnection());
        StringBuilder text = new StringBuilder("rows of " + from);
        int columns = rows.getMetaData().getColumnCount();
        text.append(", ").append(columns).append(" columns");
        int count = 0;
        while (rows.next()) {
            if (count++ < 3) {
                text.append(", ").append(rows.getString(1));
            }
        }
        rows.close();
        return text.append(", ").append(count).append(" rows").toString();
    }
}
