package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.spring.Engine;
import dev.mooring.spring.items.ItemApplication;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("JPA's transaction manager behind a proxy, as libraries put one there that observe transactions")
class ProxiedTransactionManagerTest {

    @Test
    @DisplayName("is followed by our calls, and found for the transactions of requests")
    void isFollowed() {
        try (ConfigurableApplicationContext context =
                ItemApplication.start(Engine.POSTGRES, true, new Class<?>[] {Proxies.class})) {
            Databases databases = context.getBean(Databases.class);
            PlatformTransactionManager manager = context.getBean(PlatformTransactionManager.class);
            TransactionTemplate within = new TransactionTemplate(manager);
            within.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

            new TransactionTemplate(manager).executeWithoutResult(outer -> {
                databases.execute("INSERT INTO item VALUES (1, 'outer')");
                within.executeWithoutResult(inner -> databases.execute("INSERT INTO item VALUES (2, 'inner')"));
                outer.setRollbackOnly();
            });

            assertThat(manager.getClass().getSimpleName()).startsWith("$Proxy");
            assertThat(databases.query(Integer.class, "SELECT id FROM item")).containsExactly(2);
            assertThat(SuspendingPostProcessor.databaseOf(manager)).isEqualTo(databases.using("default"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Proxies {

        @Bean
        static BeanPostProcessor proxying() {
            return new Proxying();
        }
    }

    private static final class Proxying implements BeanPostProcessor, Ordered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof PlatformTransactionManager)) {
                return bean;
            }
            ProxyFactory factory = new ProxyFactory();
            factory.setTarget(bean);
            factory.setInterfaces(PlatformTransactionManager.class);
            return factory.getProxy();
        }
    }
}
