/** What it takes to test with Mooring, and to test a backend of it. */
@org.jspecify.annotations.NullMarked
module dev.mooring.kit {
    requires transitive dev.mooring.core;
    requires static org.jspecify;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires org.junit.platform.commons;

    exports dev.mooring.kit;
}
