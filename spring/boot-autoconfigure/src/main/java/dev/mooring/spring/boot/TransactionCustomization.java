package dev.mooring.spring.boot;

import org.springframework.transaction.TransactionManager;

/**
 * What Spring Boot does to a transaction manager, {@code spring.transaction.*} and listeners: its
 * {@code TransactionManagerCustomizers}, which has another package in each generation.
 */
@FunctionalInterface
public interface TransactionCustomization {

    /** Applies it to {@code manager}. */
    void customize(TransactionManager manager);
}
