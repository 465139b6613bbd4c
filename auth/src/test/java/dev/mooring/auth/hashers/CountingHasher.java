package dev.mooring.auth.hashers;

import java.util.ArrayList;
import java.util.List;

/** A real hasher that writes down which of its work was asked for. */
final class CountingHasher implements PasswordHasher {

    final List<String> calls = new ArrayList<>();
    private final PasswordHasher hasher;

    CountingHasher(PasswordHasher hasher) {
        this.hasher = hasher;
    }

    @Override
    public String algorithm() {
        return hasher.algorithm();
    }

    @Override
    public String encode(byte[] password, String salt) {
        calls.add("encode " + password.length);
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
