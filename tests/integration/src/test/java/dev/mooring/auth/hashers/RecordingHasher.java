package dev.mooring.auth.hashers;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;

/** A real hasher that reports each computation: {@code encode} with the length of the password, {@code verify}, {@code harden}. */
public final class RecordingHasher implements PasswordHasher {

    private final PasswordHasher hasher;
    private final Consumer<String> calls;

    /** {@code calls} is told before each computation. */
    public RecordingHasher(PasswordHasher hasher, Consumer<String> calls) {
        this.hasher = hasher;
        this.calls = calls;
    }

    @Override
    public String algorithm() {
        return hasher.algorithm();
    }

    @Override
    public boolean identifies(String encoded) {
        return hasher.identifies(encoded);
    }

    @Override
    public String newSalt(SecureRandom random) {
        return hasher.newSalt(random);
    }

    @Override
    public String encode(byte[] password, String salt) {
        calls.accept("encode " + password.length);
        return hasher.encode(password, salt);
    }

    @Override
    public boolean canVerify(String encoded) {
        return hasher.canVerify(encoded);
    }

    @Override
    public boolean verify(byte[] password, String encoded) {
        calls.accept("verify");
        return hasher.verify(password, encoded);
    }

    @Override
    public boolean mustUpdate(String encoded) {
        return hasher.mustUpdate(encoded);
    }

    @Override
    public void harden(byte[] password, String encoded) {
        calls.accept("harden");
        hasher.harden(password, encoded);
    }

    @Override
    public Optional<PasswordHasher> like(String encoded) {
        return hasher.like(encoded);
    }
}
