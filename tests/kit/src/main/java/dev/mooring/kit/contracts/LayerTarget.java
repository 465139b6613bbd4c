package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.Transaction;
import dev.mooring.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A real database, through the layer. The rows of each program have numbers of their own. */
final class LayerTarget implements Target {

    private final Databases databases;
    private final Class<? extends Connection> driver;
    private final int firstRow;

    /** @param driver the class of the driver's connections */
    LayerTarget(Databases databases, Class<? extends Connection> driver, int firstRow) {
        this.databases = databases;
        this.driver = driver;
        this.firstRow = firstRow;
    }

    @Override
    public void insert(int row) {
        databases.execute("INSERT INTO item VALUES (%s)", firstRow + row);
    }

    @Override
    public void block(Form form, Runnable body) {
        AtomicOptions options = AtomicOptions.defaults();
        switch (form) {
            case ATOMIC -> databases.atomic(body::run);
            case MERGED -> databases.atomic(options.withoutSavepoint(), body::run);
            case DURABLE -> databases.atomic(options.durable(), body::run);
            default -> {
                try (AtomicBlock block = databases.get().beginAtomic()) {
                    body.run();
                    if (form == Form.COMMITTED) {
                        block.commit();
                    }
                }
            }
        }
    }

    @Override
    public void marked(Runnable body) {
        transaction().markForRollbackOnError(body::run);
    }

    @Override
    public void hook(Runnable hook) {
        databases.onCommit(hook);
    }

    @Override
    public void setRollback(boolean rollback) {
        transaction().setRollback(rollback);
    }

    @Override
    public void setAutocommit(boolean autocommit) {
        transaction().setAutocommit(autocommit);
    }

    @Override
    public void commit() {
        transaction().commit();
    }

    @Override
    public void rollback() {
        transaction().rollback();
    }

    @Override
    public @Nullable Object savepoint() {
        return transaction().savepoint();
    }

    @Override
    public void savepointRollback(@Nullable Object savepoint) {
        transaction().savepointRollback((@Nullable String) savepoint);
    }

    @Override
    public void savepointCommit(@Nullable Object savepoint) {
        transaction().savepointCommit((@Nullable String) savepoint);
    }

    @Override
    public void close() {
        databases.get().close();
    }

    @Override
    public void lose() {
        Connection connection = databases.get().connection();
        if (connection != null) {
            try {
                connection.unwrap(driver).close();
            } catch (SQLException e) {
                // Lost before: then the driver lets nobody have its object.
                assertThat(e.getSQLState()).startsWith("08");
            }
        }
    }

    @Override
    public String state() {
        DatabaseWrapper wrapper = databases.get();
        return "; " + transaction().getAutocommit() + ", "
                + (wrapper.inAtomicBlock() ? "in atomic, " + transaction().getRollback() : "outside");
    }

    @Override
    public void unit(Runnable program) {
        try (UnitOfWork unit = databases.unitOfWork()) {
            program.run();
        }
    }

    private Transaction transaction() {
        return databases.get().transaction();
    }
}
