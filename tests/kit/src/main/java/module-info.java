/** What it takes to test with Mooring, and to test a backend of it. */
@org.jspecify.annotations.NullMarked
module dev.mooring.kit {
    requires transitive dev.mooring.core;
    requires static org.jspecify;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;
    requires org.junit.platform.commons;

    exports dev.mooring.kit;
    exports dev.mooring.kit.contracts;

    // JUnit calls the tests, which are not public, whichever module its runner is in.
    opens dev.mooring.kit.contracts;
}
