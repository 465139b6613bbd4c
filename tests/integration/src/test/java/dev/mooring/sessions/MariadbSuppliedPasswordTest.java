package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.transactions.RequiresMariadb;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@RequiresMariadb
@DisplayName("A password on MariaDB that changes while the application runs")
class MariadbSuppliedPasswordTest {

    private static final String USER = "SELECT CURRENT_USER()";

    @Test
    @DisplayName("is asked for at each opening, and connections of the former one are replaced")
    void changes() {
        DatabaseSettings root = EmptyDatabases.mariadb();
        AtomicReference<String> password = new AtomicReference<>("former");
        try (Databases administrator = Databases.of(root)) {
            administrator.execute("CREATE USER 'rotating'@'%' IDENTIFIED BY 'former'");
            try (Databases databases = Databases.of(
                    root.toBuilder().user("rotating").password(password::get).build())) {
                administrator.execute("GRANT ALL ON `" + root.name() + "`.* TO 'rotating'@'%'");
                assertThat(databases.query(String.class, USER).one()).startsWith("rotating@");

                administrator.execute("ALTER USER 'rotating'@'%' IDENTIFIED BY 'new'");
                password.set("new");
                databases.using("default").softEvictConnections();

                assertThat(databases.query(String.class, USER).one()).startsWith("rotating@");
                assertThat(databases.using("default").counts().opened()).isEqualTo(2);
            } finally {
                administrator.execute("DROP USER 'rotating'@'%'");
            }
        }
    }
}
