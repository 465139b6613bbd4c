package dev.mooring.demo;

import dev.mooring.auth.hashers.PasswordHashers;

/** How the experiment's password is stored. */
enum Hasher {
    /** Costs nothing, protects nothing: then the database is what a request spends its time on. */
    MD5("md5"),
    /** What a real site uses; a request then spends its time on the processor. */
    PBKDF2_SHA256("pbkdf2_sha256");

    private final String label;

    Hasher(String label) {
        this.label = label;
    }

    PasswordHashers hashers() {
        return this == MD5 ? PasswordHashers.insecureForExperiments() : PasswordHashers.defaults();
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return label;
    }
}
