package dev.mooring.spring.security;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Logins;
import dev.mooring.auth.Users;
import dev.mooring.auth.http.AuthFilter;
import dev.mooring.auth.http.HttpAuth;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.DatabaseSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** An {@link AuthFilter}, with a transaction for each request, before some servlets on a Tomcat: a container of Servlet 6.1. */
final class FilteredTomcat implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();
    private final Databases databases;
    private final Semaphore left = new Semaphore(0);

    FilteredTomcat(Path directory, Consumer<ServletContext> servlets) throws LifecycleException {
        this(directory, null, servlets);
    }

    FilteredTomcat(Path directory, @Nullable ErrorPage errorPage, Consumer<ServletContext> servlets)
            throws LifecycleException {
        Path file = directory.resolve("site.db");
        Shop.makeTables(file);
        databases = Databases.of(DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(file.toString())
                .atomicRequests(true)
                .build());
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", directory.toString());
        if (errorPage != null) {
            context.addErrorPage(errorPage);
        }
        context.addServletContainerInitializer(
                (classes, site) -> {
                    EnumSet<DispatcherType> types = EnumSet.allOf(DispatcherType.class);
                    site.addFilter("counting", counting()).addMappingForUrlPatterns(null, false, "/*");
                    site.addFilter("forwarded", new ForwardedHeaderFilter())
                            .addMappingForUrlPatterns(types, false, "/*");
                    site.addFilter("auth", new AuthFilter(auth())).addMappingForUrlPatterns(types, false, "/*");
                    servlets.accept(site);
                },
                null);
        tomcat.getConnector();
        tomcat.start();
    }

    private Filter counting() {
        return (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } finally {
                left.release();
            }
        };
    }

    private HttpAuth auth() {
        SecretKeys keys = SecretKeys.of(Shop.SECRET_KEY);
        Users users = Users.of(databases);
        Logins logins = Logins.of(Authenticator.of(users), users, keys);
        return HttpAuth.builder(databases, SessionStore.of(databases, keys), logins)
                .build();
    }

    /** Waits until a request has left the filter, which can be after its answer has arrived. */
    void awaitDone() {
        left.acquireUninterruptibly();
    }

    Databases databases() {
        return databases;
    }

    Browser browser() {
        return new Browser(
                URI.create("http://localhost:" + tomcat.getConnector().getLocalPort()));
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        databases.close();
    }
}
