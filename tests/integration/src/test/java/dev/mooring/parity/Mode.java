package dev.mooring.parity;

import dev.mooring.Databases;
import dev.mooring.Transaction;

/** In what Django runs its tests of atomic: by itself, in a block around it, and with autocommit off. */
enum Mode {
    AUTOCOMMIT,
    IN_ATOMIC,
    BY_HAND;

    void run(Databases databases, Runnable work) {
        switch (this) {
            case AUTOCOMMIT -> work.run();
            case IN_ATOMIC -> databases.atomic(work::run);
            case BY_HAND -> byHand(databases.get().transaction(), work);
        }
    }

    private static void byHand(Transaction transaction, Runnable work) {
        transaction.setAutocommit(false);
        try {
            work.run();
            transaction.commit();
        } finally {
            transaction.rollback();
            transaction.setAutocommit(true);
        }
    }
}
