package com.example.spring;

import dev.mooring.Databases;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes with Spring's JdbcClient and with Mooring in one transaction of Spring's. */
@SpringBootApplication
public class Application implements CommandLineRunner {

    private final Databases databases;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Application(Databases databases, JdbcClient jdbc, TransactionTemplate transaction) {
        this.databases = databases;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args).close();
    }

    @Override
    public void run(String... args) {
        databases.execute("CREATE TABLE visit (page text)");
        transaction.executeWithoutResult(status -> {
            databases.onCommit(() -> System.out.println("committed"));
            databases.execute("INSERT INTO visit VALUES (%s)", "/");
            jdbc.sql("INSERT INTO visit VALUES (?)").param("/about").update();
        });
        transaction.executeWithoutResult(status -> {
            databases.execute("DELETE FROM visit");
            status.setRollbackOnly();
        });
        System.out.println("visits: "
                + jdbc.sql("SELECT count(*) FROM visit").query(Long.class).single());
        System.out.println("Spring Boot: " + SpringBootVersion.getVersion());
    }
}
