package dev.mooring;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, of which a chunk is in memory at a time. A server keeps the rest for as long as the transaction
 * lasts, so where none is open or will be there is a read-only block for the stream alone, which ends with the last row.
 *
 * <p>Rows cannot be divided: the cursor is one thread's, and that thread alone reads a parallel stream, too.
 */
final class RowStream extends Spliterators.AbstractSpliterator<Row> {

    private final DatabaseWrapper wrapper;
    private final Cursor cursor;
    private final @Nullable AtomicBlock own;

    /** Whether the last thing that was asked of the cursor failed. */
    private boolean failed;

    private boolean ended;

    private RowStream(DatabaseWrapper wrapper) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.wrapper = wrapper;
        this.own = wrapper.transaction().getAutocommit()
                ? wrapper.beginAtomic(AtomicOptions.defaults().readOnly())
                : null;
        this.cursor = wrapper.cursor().fetchSize(Cursor.CHUNK);
    }

    static Stream<Row> open(DatabaseWrapper wrapper, String sql, @Nullable Object... parameters) {
        RowStream rows = new RowStream(wrapper);
        rows.execute(sql, parameters);
        return StreamSupport.stream(rows, false).onClose(rows::end);
    }

    private void execute(String sql, @Nullable Object... parameters) {
        failed = true;
        try {
            cursor.execute(sql, parameters);
            failed = false;
        } finally {
            if (failed) {
                end();
            }
        }
    }

    @Override
    public boolean tryAdvance(Consumer<? super Row> action) {
        Row row = fetch();
        if (row == null) {
            if (own == null || own.isInnermost()) {
                end();
            }
            return false;
        }
        action.accept(row);
        return true;
    }

    @Override
    public @Nullable Spliterator<Row> trySplit() {
        return null;
    }

    private @Nullable Row fetch() {
        wrapper.check();
        if (ended) {
            return null;
        }
        failed = true;
        Row row = cursor.fetchOne();
        failed = false;
        return row;
    }

    /** Nothing was written, but hooks may have been registered: so the block is committed. */
    private void end() {
        wrapper.check();
        if (ended) {
            return;
        }
        ended = true;
        try (AtomicBlock block = own) {
            cursor.close();
            if (block != null && !failed) {
                block.commit();
            }
        }
    }
}
