package dev.mooring.spring.boot;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The service on another database that {@code docs/spring.md} shows. */
@Service
class Reports {

    private final JdbcClient client;

    Reports(@Qualifier("reports") JdbcClient client) {
        this.client = client;
    }

    @Transactional("reports")
    public void add(String title) {
        client.sql("INSERT INTO report (title) VALUES (?)").param(title).update();
    }
}
