package dev.mooring.docs;

import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

public class UnitOfWorkFilter implements Filter {

    private final Databases databases;

    public UnitOfWorkFilter(Databases databases) {
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
