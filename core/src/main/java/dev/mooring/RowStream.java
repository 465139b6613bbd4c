package dev.mooring;

import dev.mooring.statement.Failures;
import dev.mooring.wrapper.StreamBlock;
import dev.mooring.wrapper.ThreadGuard;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, of which a chunk is in memory at a time. A server keeps the rest for as long as the transaction
 * lasts, so where none is open or will be there is a {@link StreamBlock}, which ends with the last row of the last stream.
 *
 * <p>Rows cannot be divided: the cursor is one thread's, and that thread alone reads a parallel stream, too.
 */
final class RowStream extends Spliterators.AbstractSpliterator<Row> {

    private final ThreadGuard guard;
    private final Cursor cursor;
    private final @Nullable StreamBlock block;

    private boolean ended;

    private RowStream(DatabaseWrapper wrapper, String sql) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.guard = wrapper.core().guard();
        this.cursor = wrapper.cursor().fetchSize(Cursor.CHUNK);
        this.block = wrapper.core().streams().block(sql);
        if (block != null) {
            block.read(this);
        }
    }

    static Stream<Row> open(DatabaseWrapper wrapper, String sql, @Nullable Object @Nullable [] parameters) {
        wrapper.core().open().checkUnambiguous("open a stream");
        RowStream rows = new RowStream(wrapper, sql);
        try {
            rows.cursor.executeWith(sql, parameters);
            return StreamSupport.stream(rows, false).onClose(rows::end);
        } catch (Throwable e) {
            rows.fail(e);
            throw e;
        }
    }

    @Override
    public boolean tryAdvance(Consumer<? super Row> action) {
        Row row = ended ? null : cursor.fetchOne();
        if (row == null) {
            if (block == null || block.isInnermost()) {
                end();
            }
            return false;
        }
        if (block == null) {
            action.accept(row);
        } else {
            block.deliver(() -> action.accept(row));
        }
        return true;
    }

    @Override
    public @Nullable Spliterator<Row> trySplit() {
        return null;
    }

    private void fail(Throwable because) {
        if (block != null) {
            block.failed(this);
        }
        try {
            end();
        } catch (RuntimeException | Error e) {
            Failures.suppress(because, e);
        }
    }

    private void end() {
        guard.check();
        if (ended) {
            return;
        }
        ended = true;
        try {
            cursor.close();
        } finally {
            leave();
        }
    }

    private void leave() {
        if (block != null) {
            block.closed(this);
            block.endUnlessRead();
        }
    }
}
