package dev.mooring.spring.items;

import dev.mooring.Databases;
import dev.mooring.spring.Engine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application as Spring Boot's users write them, of which nothing is about Mooring; with JPA and without. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ItemApplication {

    private static final String JPA = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
            + "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration";
    private static final Map<String, ConfigurableApplicationContext> RUNNING = new ConcurrentHashMap<>();

    /** {@return one that runs until the JVM ends, with an empty table {@code item}} */
    public static ConfigurableApplicationContext on(Engine engine, boolean jpa) {
        ConfigurableApplicationContext running = RUNNING.computeIfAbsent(engine + " " + jpa, key -> start(engine, jpa));
        running.getBean(Databases.class).execute("DELETE FROM item");
        return running;
    }

    private static ConfigurableApplicationContext start(Engine engine, boolean jpa) {
        return start(engine, jpa, new Class<?>[0]);
    }

    /** {@return one of the caller's own, with some more configuration and properties, and an empty table {@code item}} */
    public static ConfigurableApplicationContext start(
            Engine engine, boolean jpa, Class<?>[] more, String... properties) {
        ConfigurableApplicationContext made = new SpringApplicationBuilder(ItemApplication.class)
                .sources(more)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .properties(
                        "spring.datasource.url=" + engine.newDatabase(),
                        "spring.main.banner-mode=off",
                        "spring.main.lazy-initialization=true",
                        "spring.autoconfigure.exclude=" + (jpa ? "" : JPA),
                        "spring.jpa.database-platform=" + engine.dialect(),
                        "spring.jpa.open-in-view=false",
                        "logging.level.root=ERROR")
                .run();
        made.getBean(Databases.class).execute("CREATE TABLE item (id integer PRIMARY KEY, name varchar(50))");
        return made;
    }
}
