package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;

/** A database that was there before and stays. */
record GivenDatabase(DatabaseSettings settings) implements Target {

    @Override
    public boolean isTemporary() {
        return false;
    }

    @Override
    public ServerView watch(String applicationName) {
        return ServerView.of(settings, applicationName);
    }

    @Override
    public void close() {}
}
