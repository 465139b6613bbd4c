package dev.mooring.spring.security;

import dev.mooring.auth.http.AuthFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;

/** Spring MVC behind an {@link AuthFilter} and Spring Security, on a Tomcat of its own. */
final class TomcatServer implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();

    TomcatServer(Path directory, GenericWebApplicationContext application) throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", directory.toString());
        context.addServletContainerInitializer((classes, servlets) -> start(servlets, application), null);
        tomcat.getConnector();
        tomcat.start();
    }

    private static void start(ServletContext servlets, GenericWebApplicationContext application) {
        application.setServletContext(servlets);
        application.refresh();
        EnumSet<DispatcherType> all = EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC);
        servlets.addFilter("auth", application.getBean(AuthFilter.class))
                .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        servlets.addFilter("security", new DelegatingFilterProxy("springSecurityFilterChain", application))
                .addMappingForUrlPatterns(all, false, "/*");
        servlets.addServlet("mvc", new DispatcherServlet(application)).addMapping("/");
    }

    URI uri() {
        return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort());
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
