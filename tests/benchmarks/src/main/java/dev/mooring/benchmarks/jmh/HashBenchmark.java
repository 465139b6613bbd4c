package dev.mooring.benchmarks.jmh;

import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHasher;
import dev.mooring.auth.hashers.PasswordHashers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Verifications with the parameters of Django 5.2, one after the other; {@code hashes.py} measures CPython's libraries. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class HashBenchmark {

    private static final String PASSWORD = "correct horse";

    /** The algorithm, as a stored hash names it. */
    @Param({"pbkdf2_sha256", "pbkdf2_sha1", "argon2", "bcrypt_sha256", "scrypt"})
    public String algorithm = "";

    private PasswordHashers hashers;
    private String encoded;

    /** Makes the hash that is verified. */
    @Setup
    public void encode() {
        hashers = PasswordHashers.of(hasher(algorithm));
        encoded = hashers.encode(PASSWORD);
    }

    private static PasswordHasher hasher(String algorithm) {
        return switch (algorithm) {
            case "pbkdf2_sha256" -> DjangoHashers.pbkdf2Sha256(1_000_000);
            case "pbkdf2_sha1" -> DjangoHashers.pbkdf2Sha1(1_000_000);
            case "argon2" -> DjangoHashers.argon2();
            case "bcrypt_sha256" -> DjangoHashers.bcryptSha256(12);
            case "scrypt" -> DjangoHashers.scrypt(1 << 14, 8, 5);
            default -> throw new IllegalArgumentException("No algorithm is called '" + algorithm + "'");
        };
    }

    /** {@return true} */
    @Benchmark
    public boolean verify() {
        if (!hashers.check(PASSWORD, encoded).isCorrect()) {
            throw new IllegalStateException("The right password was refused");
        }
        return true;
    }
}
