package shop;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

@Factory
public class DatabasesFactory {

    @Singleton
    @Bean(preDestroy = "close")
    Databases databases(@Value("${mooring.url}") String url) {
        return Databases.of(DatabaseSettings.fromUrl(url));
    }
}
