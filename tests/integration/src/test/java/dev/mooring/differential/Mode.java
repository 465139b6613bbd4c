package dev.mooring.differential;

/** How the connection stands to transactions when the call is made. */
enum Mode {
    /** Autocommit is on. */
    ON("on"),
    /** Autocommit is off; what is open afterwards is rolled back. */
    OFF("off"),
    /** The view is inside {@code atomic}, which then ends well; the driver has autocommit off, and commits afterwards. */
    ATOMIC("atomic");

    final String label;

    Mode(String label) {
        this.label = label;
    }
}
