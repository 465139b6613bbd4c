package dev.mooring.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * A parameter as PostgreSQL's input.
 *
 * @param type the type's name; null if the server is to work it out
 * @param text the value
 */
record TypedText(@Nullable String type, String text) {

    static TypedText untyped(String text) {
        return new TypedText(null, text);
    }

    void bind(PreparedStatement statement, int index) throws SQLException {
        if (type == null) {
            statement.setObject(index, text, Types.OTHER);
            return;
        }
        PGobject parameter = new PGobject();
        parameter.setType(type);
        parameter.setValue(text);
        statement.setObject(index, parameter);
    }
}
