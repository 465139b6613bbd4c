package dev.mooring.kit;

import dev.mooring.config.DatabaseSettings;

/** Databases in memory: they come and go with their {@code Databases}. */
final class MemoryCreation implements DatabaseCreation {

    private final DatabaseSettings configured;

    MemoryCreation(DatabaseSettings configured) {
        this.configured = configured;
    }

    @Override
    public String defaultName() {
        return configured.name();
    }

    @Override
    public DatabaseSettings create(String name, boolean keep) {
        return configured;
    }

    @Override
    public boolean canCopy() {
        return false;
    }

    @Override
    public DatabaseSettings copy(DatabaseSettings original, String name) {
        throw new UnsupportedOperationException("A database in memory cannot be copied");
    }

    @Override
    public void drop(DatabaseSettings database) {}
}
