package dev.mooring.spring.boot;

import dev.mooring.Databases;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Each alias of {@code mooring.databases} but the default one as beans, to be injected by {@code @Qualifier} and the alias. */
@AutoConfiguration(after = MooringDataSourceAutoConfiguration.class)
@ConditionalOnClass({Databases.class, JdbcTransactionManager.class})
@ConditionalOnProperty(name = "mooring.enabled", matchIfMissing = true)
@ConditionalOnBean(Databases.class)
@Import(AliasBeans.class)
public final class MooringAliasesAutoConfiguration {

    /** For the application context. */
    public MooringAliasesAutoConfiguration() {}
}
