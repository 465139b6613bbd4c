package dev.mooring.kit.contracts;

import org.jspecify.annotations.Nullable;

/** What a program runs on: a database through the layer, or the model of one. */
interface Target {

    /** A block's form. */
    enum Form {
        ATOMIC,
        MERGED,
        DURABLE,
        COMMITTED,
        CLOSED
    }

    void insert(int row);

    void block(Form form, Runnable body);

    void marked(Runnable body);

    void hook(Runnable hook);

    void setRollback(boolean rollback);

    void setAutocommit(boolean autocommit);

    void commit();

    void rollback();

    /** {@return something that stands for it; null if none was set} */
    @Nullable
    Object savepoint();

    void savepointRollback(@Nullable Object savepoint);

    void savepointCommit(@Nullable Object savepoint);

    void close();

    /** Cuts the connection that is in use, if one is, behind the layer's back. */
    void lose();

    /** {@return autocommit, in atomic, and whether the block is marked} */
    String state();

    /** Runs {@code program} in a unit of work. */
    void unit(Runnable program);
}
