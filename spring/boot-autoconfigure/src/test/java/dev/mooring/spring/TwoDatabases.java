package dev.mooring.spring;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.spring.items.Item;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/** The databases {@code default} and {@code reports}, each with a table {@code item} and a transaction manager of each kind. */
final class TwoDatabases implements AutoCloseable {

    private final Engine engine;
    private final Databases databases;
    private final Map<String, AbstractPlatformTransactionManager> managers = new HashMap<>();
    private final List<LocalContainerEntityManagerFactoryBean> factories = new ArrayList<>();

    TwoDatabases(Engine engine) {
        this.engine = engine;
        databases = Databases.of(
                DatabaseSettings.fromUrl("default", engine.newUrl()),
                DatabaseSettings.fromUrl("reports", engine.newUrl()));
        for (String alias : List.of("default", "reports")) {
            databases.using(alias).execute("CREATE TABLE item (id integer PRIMARY KEY, name varchar(50))");
            for (ManagerKind kind : ManagerKind.values()) {
                managers.put(kind + alias, newManager(kind, alias));
            }
        }
    }

    private AbstractPlatformTransactionManager newManager(ManagerKind kind, String alias) {
        if (kind == ManagerKind.ATOMIC) {
            return new AtomicTransactionManager(databases, alias);
        }
        AbstractPlatformTransactionManager made = kind == ManagerKind.JPA
                ? new JpaTransactionManager(entities(alias))
                : new DataSourceTransactionManager(databases.using(alias).dataSource());
        made.addListener(new SuspendingListener(databases.using(alias), made));
        return made;
    }

    private EntityManagerFactory entities(String alias) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setPersistenceUnitName(alias);
        factory.setDataSource(databases.using(alias).dataSource());
        factory.setPackagesToScan(Item.class.getPackageName());
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setJpaPropertyMap(Map.of("hibernate.dialect", engine.dialect()));
        factory.afterPropertiesSet();
        factories.add(factory);
        return factory.getObject();
    }

    Databases databases() {
        return databases;
    }

    AbstractPlatformTransactionManager manager(ManagerKind kind, String alias) {
        return managers.get(kind + alias);
    }

    @Override
    public void close() {
        factories.forEach(LocalContainerEntityManagerFactoryBean::destroy);
        databases.close();
    }
}
