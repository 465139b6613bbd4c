package dev.mooring.benchmarks.load;

import dev.mooring.benchmarks.rival.Items;
import dev.mooring.benchmarks.rival.PostgresServer;
import dev.mooring.benchmarks.rival.Reader;
import dev.mooring.benchmarks.rival.Readers;
import dev.mooring.benchmarks.rival.Target;
import java.time.Duration;
import java.util.Map;

/** How often a SELECT by key goes to PostgreSQL and back, once everything is warm. */
final class RoundTripsLoad implements Load {

    private static final int WARM_UP = 50;

    private final int statements;

    RoundTripsLoad(int statements) {
        this.statements = statements;
    }

    @Override
    public Map<String, Double> run(String rival, Duration time) throws Exception {
        try (PostgresServer server = PostgresServer.open()) {
            Items.create(server.target());
            try (Relay relay = new Relay(server.port());
                    Reader reader = Readers.open(rival, Target.postgres(relay.port()), 1)) {
                read(reader, WARM_UP);
                int before = relay.roundTrips();
                read(reader, statements);
                return Map.of(Figures.ROUND_TRIPS, (relay.roundTrips() - before) / (double) statements);
            }
        }
    }

    private static void read(Reader reader, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            reader.read(Items.anyKey());
        }
    }
}
