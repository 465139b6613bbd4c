/** The SQLite backend. */
@org.jspecify.annotations.NullMarked
module dev.mooring.sqlite {
    requires transitive dev.mooring.core;
    requires java.sql;
    requires org.xerial.sqlitejdbc;
    requires static org.jspecify;

    exports dev.mooring.sqlite;

    provides dev.mooring.spi.BackendProvider with
            dev.mooring.sqlite.SqliteBackendProvider;
}
