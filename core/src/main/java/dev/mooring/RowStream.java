package dev.mooring;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Opens the rows of a query, of which a chunk is in memory at a time. A server keeps the rest for as long as the
 * transaction lasts, so outside atomic there is a block for the stream alone.
 */
final class RowStream {

    private RowStream() {}

    static Stream<Row> open(DatabaseWrapper wrapper, String sql, @Nullable Object... parameters) {
        AtomicBlock own = wrapper.inAtomicBlock()
                ? null
                : wrapper.beginAtomic(AtomicOptions.defaults().readOnly());
        Cursor cursor = wrapper.cursor().fetchSize(Cursor.CHUNK);
        boolean opened = false;
        try {
            cursor.execute(sql, parameters);
            opened = true;
        } finally {
            if (!opened) {
                close(cursor, own);
            }
        }
        return StreamSupport.stream(rows(cursor), false).onClose(() -> close(cursor, own));
    }

    /** Rows that cannot be divided: the cursor is one thread's, so that thread alone reads a parallel stream, too. */
    private static Spliterator<Row> rows(Cursor cursor) {
        return new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
            @Override
            public boolean tryAdvance(Consumer<? super Row> action) {
                Row row = cursor.fetchOne();
                if (row != null) {
                    action.accept(row);
                }
                return row != null;
            }

            @Override
            public @Nullable Spliterator<Row> trySplit() {
                return null;
            }
        };
    }

    private static void close(Cursor cursor, @Nullable AtomicBlock own) {
        try {
            cursor.close();
        } finally {
            if (own != null) {
                own.close();
            }
        }
    }
}
