package dev.mooring.docs;

import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;

public class Example {
    public static void main(String[] args) {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl("sqlite:///example.db"))) {
            databases.execute("CREATE TABLE IF NOT EXISTS visit (page text, times integer)");
            try (UnitOfWork request = databases.unitOfWork()) {
                databases.atomic(() -> databases.execute("INSERT INTO visit VALUES (%s, %s)", "/", 1));
            }
            System.out.println(
                    databases.query(Long.class, "SELECT sum(times) FROM visit").one());
        }
    }
}
