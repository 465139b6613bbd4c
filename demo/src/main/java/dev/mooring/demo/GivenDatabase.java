package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;
import java.time.Duration;

/** A database that was there before and stays. */
record GivenDatabase(DatabaseSettings settings) implements Target {

    /** The layer waits half a minute for a server that refuses; whoever sits at a terminal wants to know sooner. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static GivenDatabase of(String url) {
        DatabaseSettings settings = DatabaseSettings.fromUrl(url);
        boolean longer = settings.acquireTimeout().compareTo(PATIENCE) > 0;
        return new GivenDatabase(
                longer ? settings.toBuilder().acquireTimeout(PATIENCE).build() : settings);
    }

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
