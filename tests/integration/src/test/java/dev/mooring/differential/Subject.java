package dev.mooring.differential;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** What a call is made on: an object of a kind, made from a connection. */
final class Subject {

    /** The kinds; several for an interface whose methods depend on what was done before. */
    enum Kind {
        CONNECTION(Connection.class),
        STATEMENT(Statement.class),
        STATEMENT_WITH_ROWS(Statement.class),
        QUERY(PreparedStatement.class),
        CHANGE(PreparedStatement.class),
        PARAMETER(PreparedStatement.class),
        FUNCTION(CallableStatement.class),
        ROWS(ResultSet.class),
        UPDATABLE_ROWS(ResultSet.class),
        ROWS_AFTER_LAST(ResultSet.class),
        COLUMNS(ResultSetMetaData.class),
        PARAMETERS(ParameterMetaData.class),
        DATABASE(DatabaseMetaData.class),
        SAVEPOINT(Savepoint.class),
        NAMED_SAVEPOINT(Savepoint.class),
        ARRAY(Array.class),
        MADE_ARRAY(Array.class),
        ARRAY_ROWS(ResultSet.class),
        BLOB(Blob.class),
        MADE_BLOB(Blob.class),
        CLOB(Clob.class),
        MADE_CLOB(Clob.class),
        NCLOB(NClob.class),
        MADE_NCLOB(NClob.class),
        XML(SQLXML.class),
        MADE_XML(SQLXML.class),
        ROW_ID(RowId.class),
        REF(Ref.class),
        STRUCT(Struct.class),
        MADE_STRUCT(Struct.class);

        final Class<?> type;

        Kind(Class<?> type) {
            this.type = type;
        }
    }

    static final String ALL = "SELECT * FROM item ORDER BY id";

    final Engine engine;
    final Kind kind;
    final Class<?> type;
    final Connection connection;
    int columns = 1;
    int otherColumn = 2;

    @Nullable
    Object made;

    @Nullable
    Statement statement;

    Subject(Engine engine, Kind kind, Connection connection) {
        this.engine = engine;
        this.kind = kind;
        this.type = kind.type;
        this.connection = connection;
    }

    @Nullable
    Object make() throws SQLException {
        @Nullable
        Object target = switch (kind) {
            case CONNECTION -> connection;
            case STATEMENT -> kept(connection.createStatement());
            case STATEMENT_WITH_ROWS -> {
                Statement asked = connection.createStatement();
                asked.execute("SELECT name FROM item ORDER BY id");
                yield kept(asked);
            }
            case QUERY -> {
                PreparedStatement query =
                        connection.prepareStatement("SELECT id, name FROM item WHERE name = ? OR ? IS NULL");
                query.setString(1, "one");
                query.setString(2, "one");
                columns = 2;
                yield kept(query);
            }
            case CHANGE -> {
                PreparedStatement change = connection.prepareStatement(
                        "INSERT INTO item (id, name) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS);
                change.setInt(1, 4);
                change.setString(2, "four");
                columns = 2;
                yield kept(change);
            }
            case PARAMETER -> kept(connection.prepareStatement(engine.typeOfParameter));
            case FUNCTION -> {
                CallableStatement call = connection.prepareCall("{? = call upper(?)}");
                call.registerOutParameter(1, Types.VARCHAR);
                call.setString(2, "up");
                call.execute();
                yield kept(call);
            }
            case ROWS -> rows(connection.createStatement());
            case UPDATABLE_ROWS ->
                rows(connection.createStatement(
                        engine == Engine.POSTGRESQL ? ResultSet.TYPE_SCROLL_INSENSITIVE : ResultSet.TYPE_FORWARD_ONLY,
                        engine == Engine.POSTGRESQL ? ResultSet.CONCUR_UPDATABLE : ResultSet.CONCUR_READ_ONLY));
            case ROWS_AFTER_LAST -> {
                ResultSet rows = rows(connection.createStatement());
                while (rows.next()) {
                    columns = 9;
                }
                yield rows;
            }
            case COLUMNS -> rows(connection.createStatement()).getMetaData();
            case PARAMETERS ->
                connection
                        .prepareStatement("INSERT INTO item (id, name) VALUES (?, ?)")
                        .getParameterMetaData();
            case DATABASE -> connection.getMetaData();
            case SAVEPOINT -> connection.setSavepoint();
            case NAMED_SAVEPOINT -> connection.setSavepoint("mine");
            case ARRAY -> rows(connection.createStatement()).getArray("tags");
            case MADE_ARRAY -> connection.createArrayOf("integer", new Object[] {1, 2});
            case ARRAY_ROWS -> {
                ResultSet elements =
                        rows(connection.createStatement()).getArray("tags").getResultSet();
                elements.next();
                columns = 2;
                yield elements;
            }
            case BLOB -> rows(connection.createStatement()).getBlob("big");
            case MADE_BLOB -> connection.createBlob();
            case CLOB -> rows(connection.createStatement()).getClob(engine == Engine.SQLITE ? "name" : "big");
            case MADE_CLOB -> connection.createClob();
            case NCLOB -> rows(connection.createStatement()).getNClob(engine == Engine.SQLITE ? "name" : "big");
            case MADE_NCLOB -> connection.createNClob();
            case XML -> odd(engine.xml).getSQLXML(1);
            case MADE_XML -> {
                SQLXML xml = connection.createSQLXML();
                xml.setString("<a>b</a>");
                yield xml;
            }
            case ROW_ID -> rows(connection.createStatement()).getRowId(1);
            case REF -> rows(connection.createStatement()).getRef(1);
            case STRUCT -> {
                Object struct = odd(engine.struct).getObject(1);
                yield struct instanceof Struct ? struct : null;
            }
            case MADE_STRUCT -> connection.createStruct("item", new Object[] {1, "one"});
        };
        made = target;
        return target;
    }

    private Statement kept(Statement asked) {
        statement = asked;
        return asked;
    }

    /** What is left open holds a lock on SQLite. */
    void close() throws SQLException {
        if (statement != null) {
            statement.close();
        }
    }

    private ResultSet odd(String sql) throws SQLException {
        ResultSet rows = kept(connection.createStatement()).executeQuery(sql);
        rows.next();
        return rows;
    }

    private ResultSet rows(Statement source) throws SQLException {
        statement = source;
        columns = 9;
        otherColumn = 4;
        ResultSet rows = source.executeQuery(ALL);
        rows.next();
        return rows;
    }
}
