package dev.mooring.migrations;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how migrating goes on, and tells another listener. */
record LoggedMigrations(String alias, MigrationListener listener) implements MigrationListener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.migrations");

    @Override
    public void waiting() {
        LOG.info("Waiting for another process that migrates the database or writes to it; alias={}", alias);
        listener.waiting();
    }

    @Override
    public void applying(Migration migration) {
        LOG.info("Applying migration {}; alias={}", migration, alias);
        listener.applying(migration);
    }

    @Override
    public void applied(Migration migration, Duration elapsed) {
        LOG.info("Applied migration {} in {} ms; alias={}", migration, elapsed.toMillis(), alias);
        listener.applied(migration, elapsed);
    }

    @Override
    public void unapplying(Migration migration) {
        LOG.info("Undoing migration {}; alias={}", migration, alias);
        listener.unapplying(migration);
    }

    @Override
    public void unapplied(Migration migration, Duration elapsed) {
        LOG.info("Undid migration {} in {} ms; alias={}", migration, elapsed.toMillis(), alias);
        listener.unapplied(migration, elapsed);
    }

    @Override
    public void faked(Migration migration) {
        LOG.info("Recorded migration {} without running it; alias={}", migration, alias);
        listener.faked(migration);
    }
}
