package dev.mooring.spring.boot;

import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** A unit of work around each request, so that nothing which one leaves open is seen by the next. */
final class UnitOfWorkFilter implements Filter {

    private final Databases databases;

    UnitOfWorkFilter(Databases databases) {
        this.databases = databases;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try (UnitOfWork unit = databases.unitOfWork()) {
            chain.doFilter(request, response);
        }
    }
}
