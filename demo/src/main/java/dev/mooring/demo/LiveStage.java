package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;

/**
 * Where the runs of the live page take place: a temporary database of their own, on a server of its own, so that a leak takes
 * no connection away from the site. Thread-safe.
 */
final class LiveStage implements AutoCloseable {

    private static final String APPLICATION = "mooring-live";

    /** Half of PostgreSQL's default: a leak need not take long to be seen. */
    private static final int MAX_CONNECTIONS = 50;

    private final Engine engine;
    private final Target target;
    private final Login login;
    private final ServerView view;

    private LiveStage(Engine engine, Target target) {
        this.engine = engine;
        this.target = target;
        login = Login.prepare(target, Hasher.MD5);
        view = target.watch(APPLICATION);
    }

    /** Starts what is needed, which takes a few seconds for PostgreSQL. */
    static LiveStage open(Engine engine) {
        Target target = engine == Engine.POSTGRESQL ? EmbeddedServer.start(MAX_CONNECTIONS) : EmbeddedSqlite.create();
        try {
            return new LiveStage(engine, target);
        } catch (RuntimeException | Error e) {
            target.close();
            throw e;
        }
    }

    DatabaseSettings settings() {
        return engine == Engine.POSTGRESQL
                ? target.settings().toBuilder()
                        .option("application_name", APPLICATION)
                        .build()
                : target.settings();
    }

    Login login() {
        return login;
    }

    /** {@return what the other side sees of the runs} */
    ServerView view() {
        return view;
    }

    @Override
    public void close() {
        view.close();
        login.close();
        target.close();
    }
}
