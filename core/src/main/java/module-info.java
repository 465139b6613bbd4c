import org.jspecify.annotations.NullMarked;

/** Django's database layer for the JVM. */
@NullMarked
module dev.mooring.core {
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires static java.management;
    requires static jdk.jfr;
    requires org.slf4j;
    requires com.google.common;

    exports dev.mooring;
    exports dev.mooring.config;
    exports dev.mooring.error;
    exports dev.mooring.migrations;
    exports dev.mooring.schema;
    exports dev.mooring.spi;

    uses dev.mooring.spi.BackendProvider;
}
