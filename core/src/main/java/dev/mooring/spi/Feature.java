package dev.mooring.spi;

/** What a database may be able to do. Forgetting one is safe: it then counts as missing. */
public enum Feature {
    /**
     * Savepoints: Django's {@code uses_savepoints}. Without them a nested {@code atomic} is part of the one around it, which has to
     * roll back if the nested one does.
     */
    SAVEPOINTS,
    /** A rollback undoes changes of the schema too: Django's {@code can_rollback_ddl}. */
    TRANSACTIONAL_DDL,
    /** An index, or a unique constraint, may be of those rows alone for which a condition holds: Django's {@code supports_partial_indexes}. */
    PARTIAL_INDEXES,
    /** Foreign keys of migrations are checked at the commit: Django's {@code can_defer_constraint_checks}. */
    DEFERRED_FOREIGN_KEYS,
    /** Names of tables and columns are the same in upper and lower case: Django's {@code ignores_table_name_case}. */
    NAMES_IGNORE_CASE
}
