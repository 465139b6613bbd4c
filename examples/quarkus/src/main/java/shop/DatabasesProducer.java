package shop;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

public class DatabasesProducer {

    @Produces
    @Singleton
    Databases databases(@ConfigProperty(name = "mooring.url") String url) {
        return Databases.of(DatabaseSettings.fromUrl(url));
    }

    void close(@Disposes Databases databases) {
        databases.close();
    }
}
