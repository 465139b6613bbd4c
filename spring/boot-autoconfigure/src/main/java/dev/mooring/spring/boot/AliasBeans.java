package dev.mooring.spring.boot;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.spring.AtomicTransactionManager;
import dev.mooring.spring.BackendSqlExceptionTranslator;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * For each alias of {@code mooring.databases} but {@code default} a {@link Database}, {@link DataSource}, {@link JdbcClient} and
 * {@link PlatformTransactionManager}, qualified by the alias, unless the application has one of its own that is called so. They are
 * made when they are first injected, and are never injected or seen by conditions without the qualifier.
 */
final class AliasBeans implements ImportBeanDefinitionRegistrar {

    private final Environment environment;
    private final ListableBeanFactory beans;

    AliasBeans(Environment environment, BeanFactory beans) {
        this.environment = environment;
        this.beans = (ListableBeanFactory) beans;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
        for (String alias : OnDatabases.aliases(environment)) {
            if (!alias.equals(DatabaseSettings.DEFAULT_ALIAS)) {
                register(registry, alias, Database.class, "database");
                register(registry, alias, DataSource.class, "dataSource");
                register(registry, alias, JdbcClient.class, "jdbcClient");
                register(registry, alias, PlatformTransactionManager.class, "transactionManager");
            }
        }
    }

    private void register(BeanDefinitionRegistry registry, String alias, Class<?> type, String factoryMethod) {
        String name = alias + Character.toUpperCase(factoryMethod.charAt(0)) + factoryMethod.substring(1);
        if (registry.isBeanNameInUse(name) || isDefined(type, alias)) {
            return;
        }
        RootBeanDefinition bean = new RootBeanDefinition(AliasBeans.class);
        bean.setFactoryMethodName(factoryMethod);
        bean.setTargetType(type);
        bean.getConstructorArgumentValues().addIndexedArgumentValue(0, new RuntimeBeanReference(Databases.class));
        bean.getConstructorArgumentValues().addIndexedArgumentValue(1, alias);
        bean.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR); // For what is not given above.
        bean.addQualifier(new AutowireCandidateQualifier(Qualifier.class, alias));
        bean.setDefaultCandidate(false);
        bean.setLazyInit(true);
        if (type == DataSource.class && isBesideOwn()) {
            // The same object each time; but Spring Boot's 'db' takes a connection of each DataSource that is a
            // singleton.
            bean.setScope(BeanDefinition.SCOPE_PROTOTYPE);
        }
        registry.registerBeanDefinition(name, bean);
    }

    private boolean isBesideOwn() {
        return beans.getBeanNamesForType(MooringDataSourceAutoConfiguration.class, true, false).length == 0;
    }

    private boolean isDefined(Class<?> type, String alias) {
        for (String name : beans.getBeanNamesForType(type, true, false)) {
            if (BeanFactoryAnnotationUtils.isQualifierMatch(alias::equals, name, beans)) {
                return true;
            }
        }
        return false;
    }

    static Database database(Databases databases, String alias) {
        return databases.using(alias);
    }

    static DataSource dataSource(Databases databases, String alias) {
        return databases.using(alias).dataSource();
    }

    static JdbcClient jdbcClient(Databases databases, String alias, Environment environment) {
        Database database = databases.using(alias);
        JdbcTemplate template = new JdbcTemplate(database.dataSource());
        TemplateProperties.apply(environment, template);
        template.setExceptionTranslator(new BackendSqlExceptionTranslator(database));
        return JdbcClient.create(template);
    }

    static PlatformTransactionManager transactionManager(
            Databases databases, String alias, ObjectProvider<TransactionCustomization> customizations) {
        AtomicTransactionManager manager = new AtomicTransactionManager(databases, alias);
        customizations.orderedStream().forEach(each -> each.customize(manager));
        return manager;
    }
}
