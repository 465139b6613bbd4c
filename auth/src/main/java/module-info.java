/** Authentication against Django's own user tables. Knows the layer, and no backend. */
@org.jspecify.annotations.NullMarked
module dev.mooring.auth {
    requires static transitive org.jspecify;
    requires transitive dev.mooring.core;
    requires org.slf4j;
    requires static org.bouncycastle.provider;
    requires static jakarta.servlet;
    requires static transitive jdk.httpserver;

    exports dev.mooring.auth;
    exports dev.mooring.auth.hashers;
    exports dev.mooring.auth.http;
    exports dev.mooring.auth.sessions;
    exports dev.mooring.auth.signing;
    exports dev.mooring.auth.tokens;
    exports dev.mooring.auth.validation;
}
