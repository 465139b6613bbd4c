package dev.mooring.spring;

/** The transaction managers that calls of {@code Databases} follow. */
enum ManagerKind {
    /** {@link AtomicTransactionManager}. */
    ATOMIC,
    /** {@code JpaTransactionManager}. */
    JPA,
    /** {@code DataSourceTransactionManager}. */
    JDBC
}
