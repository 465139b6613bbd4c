package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ConnectionDoesNotExistException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutersTest {

    private @Nullable Databases databases;

    @AfterEach
    void close() {
        if (databases != null) {
            databases.close();
        }
    }

    @Test
    void meanTheDefaultDatabaseWhereThereIsNone() {
        Databases none = with();

        assertThat(none.forRead("shop").alias()).isEqualTo("default");
        assertThat(none.forWrite("shop", "shop_order").alias()).isEqualTo("default");
        assertThat(none.allowMigrate("replica", "shop", "shop_order")).isTrue();
    }

    @Test
    void areAskedInOrderUntilOneHasAnOpinion() {
        Databases both = with(onlyOrders(), everythingOn("other"));

        assertThat(both.forRead("shop", "shop_order").alias()).isEqualTo("replica");
        assertThat(both.forRead("shop", "shop_item").alias()).isEqualTo("other");
        assertThat(both.forWrite("shop", "shop_order").alias()).isEqualTo("other");
        assertThat(both.allowMigrate("replica", "shop", "shop_order")).isFalse();
        assertThat(both.allowMigrate("replica", "shop", "shop_item")).isTrue();
    }

    @Test
    void areAskedAboutTheAppWhereNoTableIsNamed() {
        Databases both = with(onlyOrders(), everythingOn("other"));

        assertThat(both.forRead("shop").alias()).isEqualTo("other");
        assertThat(both.forWrite("shop").alias()).isEqualTo("other");
        assertThat(both.allowMigrate("replica", "shop", null)).isTrue();
    }

    @Test
    void areToldOfAnAliasThatDoesNotExist() {
        Databases wrong = with(everythingOn("nowhere"));

        assertThatExceptionOfType(ConnectionDoesNotExistException.class)
                .isThrownBy(() -> wrong.forRead("shop"))
                .withMessageContaining("'nowhere'");
        assertThatExceptionOfType(ConnectionDoesNotExistException.class)
                .isThrownBy(() -> wrong.allowMigrate("nowhere", "shop", null));
    }

    private Databases with(DatabaseRouter... routers) {
        FakeBackend backend = new FakeBackend();
        DatabasesBuilder builder = Databases.builder().backend(backend);
        for (String alias : List.of("default", "replica", "other")) {
            backend.with(alias, new FakeDatabase());
            builder.add(
                    DatabaseSettings.builder(alias).engine("fake").name(alias).build());
        }
        for (DatabaseRouter router : routers) {
            builder.router(router);
        }
        databases = builder.build();
        return databases;
    }

    private static DatabaseRouter onlyOrders() {
        return new DatabaseRouter() {
            @Override
            public @Nullable String dbForRead(String app, @Nullable String table) {
                return "shop_order".equals(table) ? "replica" : null;
            }

            @Override
            public @Nullable Boolean allowMigrate(String alias, String app, @Nullable String table) {
                return "shop_order".equals(table) ? Boolean.FALSE : null;
            }
        };
    }

    private static DatabaseRouter everythingOn(String alias) {
        return new DatabaseRouter() {
            @Override
            public String dbForRead(String app, @Nullable String table) {
                return alias;
            }

            @Override
            public String dbForWrite(String app, @Nullable String table) {
                return alias;
            }
        };
    }
}
