package dev.mooring.demo;

/** What the process ends with. */
final class ExitCode {

    static final int OK = 0;
    /** The command worked and the answer is no: a wrong password, requests that failed. */
    static final int NO = 1;
    /** Bad usage or configuration; a database that cannot be reached is one of these. */
    static final int BAD_USAGE = 2;
    /** A fault of this program. */
    static final int FAULT = 3;

    private ExitCode() {}
}
