package dev.mooring.jdbc;

import dev.mooring.statement.Failures;
import dev.mooring.statement.LockRetry.SqlCall;
import dev.mooring.wrapper.AtomicBlocks;
import dev.mooring.wrapper.BlockOptions;
import dev.mooring.wrapper.EnteredBlock;
import dev.mooring.wrapper.EnteredBlock.Purpose;
import dev.mooring.wrapper.WrapperCore;
import java.sql.SQLException;

/**
 * The transaction in which a batch of the driver runs where there are locks to wait for, unless one is open: what is half done
 * cannot be tried again, so the locks are taken before. It ends as the driver's own calls in autocommit do: what was done before
 * a failure stays. Stateless.
 */
final class JdbcBatchBlock {

    private JdbcBatchBlock() {}

    /** {@return what {@code batch} returns} */
    static <T> T run(WrapperCore core, SqlCall<T> batch) throws SQLException {
        if (!core.executor().lockRetry().isNeeded() || !core.executor().isAutocommit()) {
            return batch.run();
        }
        AtomicBlocks blocks = core.blocks();
        EnteredBlock block = blocks.begin(BlockOptions.DEFAULTS, Purpose.CODE, null);
        try {
            T result = batch.run();
            blocks.commit(block);
            return result;
        } catch (SQLException e) {
            after(e, () -> blocks.commit(block));
            // Does nothing after a commit, but an Error may have kept that from being tried.
            after(e, () -> blocks.abandon(block));
            throw e;
        } catch (Throwable e) {
            after(e, () -> blocks.abandon(block));
            throw e;
        }
    }

    private static void after(Throwable failure, Runnable end) {
        try {
            end.run();
        } catch (RuntimeException | Error e) {
            Failures.suppress(failure, e);
        }
    }
}
