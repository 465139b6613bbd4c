package dev.mooring.spring.boot;

import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import dev.mooring.spring.AtomicTransactionManager;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A unit of work around each request, so that nothing which one leaves open is seen by the next. A request that is served inside a
 * transaction of its thread belongs to that: {@code MockMvc} does so in a test with {@code @Transactional}.
 */
final class UnitOfWorkFilter implements Filter {

    private final Databases databases;

    UnitOfWorkFilter(Databases databases) {
        this.databases = databases;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            chain.doFilter(request, response);
            return;
        }
        try (UnitOfWork unit = databases.unitOfWork()) {
            try {
                chain.doFilter(request, response);
            } finally {
                AtomicTransactionManager.rollBackLeftOpen();
            }
        }
    }
}
