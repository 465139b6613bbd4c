package dev.mooring.demo;

/** The user whom the ticket's view logs in. */
final class DemoSite {

    static final String USERNAME = "admin";
    static final String PASSWORD = "123456";

    private DemoSite() {}
}
