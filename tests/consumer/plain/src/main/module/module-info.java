/** Names no backend: core finds it on the module path. */
module com.example.plain {
    requires dev.mooring.auth;
}
