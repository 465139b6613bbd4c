package dev.mooring.spring.boot;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image has to keep: the proxies that connections of the {@code DataSource} are made of, and SQL migrations. */
final class MooringRuntimeHints implements RuntimeHintsRegistrar {

    private static final List<Class<?>> PROXIES = List.of(
            Array.class,
            Blob.class,
            CallableStatement.class,
            Clob.class,
            Connection.class,
            DatabaseMetaData.class,
            NClob.class,
            ParameterMetaData.class,
            PreparedStatement.class,
            ResultSet.class,
            ResultSetMetaData.class,
            SQLXML.class,
            Statement.class);

    /** For Spring. */
    MooringRuntimeHints() {}

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        PROXIES.forEach(type -> hints.proxies().registerJdkProxy(type));
        hints.resources().registerPattern("migrations/**/*.sql");
        hints.resources().registerPattern("META-INF/services/dev.mooring.spi.BackendProvider");
    }
}
