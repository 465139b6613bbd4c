/** The PostgreSQL backend. */
@org.jspecify.annotations.NullMarked
module dev.mooring.postgres {
    requires transitive dev.mooring.core;
    requires java.sql;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.mooring.postgres;

    provides dev.mooring.spi.BackendProvider with
            dev.mooring.postgres.PostgresBackendProvider;
}
