package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The client that dbshell runs")
class DatabaseClientTest {

    @Test
    @DisplayName("is told of each host, of TLS and of what sessions begin with")
    void psql() {
        DatabaseClient client =
                of("postgres://app:s3cret@one:6001,[::1]:6002,two/shop?sslmode=verify-full&sslrootcert=/etc/ca.pem"
                        + "&options=-c%20work_mem%3D64MB&read_only=true");

        assertThat(client.programs()).containsExactly("psql");
        assertThat(client.arguments()).isEmpty();
        assertThat(client.environment())
                .isEqualTo(Map.of(
                        "PGDATABASE", "shop",
                        "PGHOST", "one,::1,two",
                        "PGPORT", "6001,6002,5432",
                        "PGUSER", "app",
                        "PGPASSWORD", "s3cret",
                        "PGSSLMODE", "verify-full",
                        "PGSSLROOTCERT", "/etc/ca.pem",
                        "PGOPTIONS", "-c default_transaction_read_only=on -c work_mem=64MB"));
        assertThat(client.toString()).contains("PGPASSWORD").doesNotContain("s3cret");
    }

    @Test
    @DisplayName("uses TLS on MariaDB as the driver does: not unless told to")
    void mariadb() {
        List<String> plain = of("mariadb://app@db.example/shop").arguments();
        List<String> encrypted =
                of("mariadb://app@db.example:3307/shop?ssl_mode=REQUIRED").arguments();
        List<String> verified = of("mariadb://app@db.example/shop?sslMode=verify-full&serverSslCert=/etc/ca.pem")
                .arguments();

        assertThat(plain)
                .containsExactly(
                        "--no-defaults",
                        "--protocol=tcp",
                        "--host=db.example",
                        "--port=3306",
                        "--default-character-set=utf8mb4",
                        "--user=app",
                        "--skip-ssl",
                        "--database=shop");
        assertThat(of("mariadb://app@[::1]:3307/shop").arguments()).contains("--host=::1");
        assertThat(encrypted).contains("--port=3307", "--ssl", "--skip-ssl-verify-server-cert");
        assertThat(verified).contains("--ssl", "--ssl-verify-server-cert", "--ssl-ca=/etc/ca.pem");
    }

    private static DatabaseClient of(String url) {
        return DatabaseClient.of(DatabaseSettings.fromUrl(url));
    }
}
