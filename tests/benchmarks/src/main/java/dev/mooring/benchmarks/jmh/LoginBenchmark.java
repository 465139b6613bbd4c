package dev.mooring.benchmarks.jmh;

import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.benchmarks.auth.Accounts;
import dev.mooring.benchmarks.auth.Login;
import dev.mooring.benchmarks.rival.Place;
import dev.mooring.benchmarks.rival.Rivals;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A login with a hash that costs next to nothing (salted MD5), so that what is left is the way to the row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LoginBenchmark {

    private static final int CONNECTIONS = 8;
    private static final int USERS = 1_000;

    /** Which database. */
    @Param({"sqlite", "postgres"})
    public String database = "";

    /** Who checks. */
    @Param({Rivals.MOORING, Rivals.HIKARI})
    public String rival = "";

    private Place place;
    private Login login;

    /** Makes the users and connects. */
    @Setup
    public void open() throws Exception {
        PasswordHashers hashers = PasswordHashers.insecureForExperiments();
        place = Place.open(database);
        Accounts.create(place.target(), hashers, USERS);
        login = Login.open(rival, place.target(), CONNECTIONS, hashers);
    }

    /** Closes everything. */
    @TearDown
    public void close() throws Exception {
        login.close();
        place.close();
    }

    /** {@return true} */
    @Benchmark
    public boolean authenticate() throws Exception {
        if (!login.isRight(Accounts.anyName(USERS), Accounts.PASSWORD)) {
            throw new IllegalStateException("The right password was refused");
        }
        return true;
    }
}
