package dev.mooring.migrations;

/** What is done with the migrations of a plan. */
public enum MigrationMode {
    /** They are applied or undone, and that is recorded. */
    NORMAL,
    /** That is recorded, and nothing else is done: Django's {@code --fake}. */
    FAKE,
    /**
     * As normal, but an initial migration is only recorded if the database has every table and column that it would
     * create: Django's {@code --fake-initial}. Column types are not compared.
     */
    FAKE_INITIAL
}
