package dev.mooring.auth;

import dev.mooring.auth.hashers.PasswordHasher;
import java.util.List;

/** A real hasher that writes down what it was asked for. */
final class CountedHasher implements PasswordHasher {

    private final PasswordHasher hasher;
    private final List<String> calls;

    CountedHasher(PasswordHasher hasher, List<String> calls) {
        this.hasher = hasher;
        this.calls = calls;
    }

    @Override
    public String algorithm() {
        return hasher.algorithm();
    }

    @Override
    public String encode(byte[] password, String salt) {
        calls.add("encode");
        return hasher.encode(password, salt);
    }

    @Override
    public boolean canVerify(String encoded) {
        return hasher.canVerify(encoded);
    }

    @Override
    public boolean verify(byte[] password, String encoded) {
        calls.add("verify");
        return hasher.verify(password, encoded);
    }

    @Override
    public boolean mustUpdate(String encoded) {
        return hasher.mustUpdate(encoded);
    }

    @Override
    public void harden(byte[] password, String encoded) {
        calls.add("harden");
        hasher.harden(password, encoded);
    }
}
