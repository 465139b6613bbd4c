package dev.mooring.statement;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ValueCodec;
import dev.mooring.spi.ValueCodec.ValueReader;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of one result, and how each is read. */
public final class Columns {

    private final List<String> names;
    private final List<ValueReader> readers;
    private final ValueCodec codec;

    /** Made for one kind of record, most often the only one. Found twice by two threads, it does no harm. */
    private volatile @Nullable RecordReader<?> recordReader;

    private Columns(List<String> names, List<ValueReader> readers, ValueCodec codec) {
        this.names = names;
        this.readers = readers;
        this.codec = codec;
    }

    static Columns of(ResultSet rows, ValueCodec codec) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        int count = meta.getColumnCount();
        List<String> names = new ArrayList<>(count);
        List<ValueReader> readers = new ArrayList<>(count);
        for (int column = 1; column <= count; column++) {
            names.add(meta.getColumnLabel(column));
            readers.add(codec.reader(meta, column));
        }
        return new Columns(List.copyOf(names), readers, codec);
    }

    /**
     * {@return whether a later result of {@code sql} has these names too} So it is if they are the statement's own; others
     * come from a table, such as that of the key which {@code rowid} stands for.
     */
    boolean areNamedBy(String sql) {
        return names.stream().allMatch(sql::contains) && Set.copyOf(names).size() == names.size();
    }

    public List<String> names() {
        return names;
    }

    /** {@return what read them} */
    public ValueCodec codec() {
        return codec;
    }

    /** {@return the values of the row that {@code rows} stands on} */
    public @Nullable Object[] read(ResultSet rows) throws SQLException {
        @Nullable Object[] values = new Object[readers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readers.get(i).read(rows, i + 1);
        }
        return values;
    }

    /** {@return what makes such records of rows with these columns} */
    public <R> RecordReader<R> reader(Class<R> type) {
        RecordReader<?> known = recordReader;
        if (known != null && known.makes(type)) {
            @SuppressWarnings("unchecked") // as it says
            RecordReader<R> mine = (RecordReader<R>) known;
            return mine;
        }
        RecordReader<R> made = RecordReader.of(type, names, codec);
        recordReader = made;
        return made;
    }

    public int index(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw ErrorKind.PROGRAMMING.exception("The result has no column '%s'; it has %s".formatted(name, names));
        }
        if (names.lastIndexOf(name) != index) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The result has more than one column '%s': name them apart by AS, or read them by position; it has %s"
                            .formatted(name, names));
        }
        return index;
    }
}
