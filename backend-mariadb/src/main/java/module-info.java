/** The MariaDB backend. */
@org.jspecify.annotations.NullMarked
module dev.mooring.mariadb {
    requires transitive dev.mooring.core;
    requires java.sql;
    requires org.mariadb.jdbc;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.mooring.mariadb;

    provides dev.mooring.spi.BackendProvider with
            dev.mooring.mariadb.MariadbBackendProvider;
}
