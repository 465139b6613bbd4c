/** What it takes to test with Mooring, and to test a backend of it. */
@org.jspecify.annotations.NullMarked
module dev.mooring.kit {
    requires transitive dev.mooring.core;
    requires static org.jspecify;
    requires org.assertj.core;

    exports dev.mooring.kit;
}
