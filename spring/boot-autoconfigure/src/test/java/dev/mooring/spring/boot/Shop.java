package dev.mooring.spring.boot;

import dev.mooring.Databases;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The service that {@code docs/spring.md} shows. */
@Service
class Shop {

    private final Databases databases;
    private final JdbcClient client;
    private final Audit audit;

    Shop(Databases databases, JdbcClient client, Audit audit) {
        this.databases = databases;
        this.client = client;
        this.audit = audit;
    }

    @Transactional
    public void sell(int item) {
        databases.execute("UPDATE stock SET pieces = pieces - 1 WHERE item = %s", item);
        client.sql("INSERT INTO sale (item) VALUES (?)").param(item).update();
        databases.onCommit(() -> audit.sold(item));
    }
}
