package dev.mooring.demo.site;

/** The user whom the ticket's view logs in. */
public final class DemoSite {

    public static final String USERNAME = "admin";
    public static final String PASSWORD = "123456";

    private DemoSite() {}
}
