package dev.mooring.demo.site;

import com.google.common.base.Ticker;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;

/**
 * Bounds how often passwords can be guessed: for one user name from one address, so that nobody else is locked out, and for
 * one address with any name. An attempt is counted before the password is looked at, so that many at once find no gap, and
 * taken back if it was right. The memory is bounded; what is counted is that of this process. Thread-safe.
 */
final class LoginThrottle {

    static final int MAX_FOR_NAME = 5;
    static final int MAX_FOR_ADDRESS = 50;
    static final Duration WINDOW = Duration.ofMinutes(5);
    static final int MOST_REMEMBERED = 10_000;

    private static final int LONGEST_NAME = 150;

    private record Login(String name, String address) {}

    private final AttemptCounter<Login> byName;
    private final AttemptCounter<String> byAddress;

    LoginThrottle(Ticker ticker) {
        byName = new AttemptCounter<>(MAX_FOR_NAME, WINDOW, MOST_REMEMBERED, ticker);
        byAddress = new AttemptCounter<>(MAX_FOR_ADDRESS, WINDOW, MOST_REMEMBERED, ticker);
    }

    /** {@return how long to wait, if there were too many failures; empty if not} Call it before a password is checked. */
    Optional<Duration> begin(String name, String address) {
        Optional<Duration> wait = byName.begin(login(name, address));
        return wait.isPresent() ? wait : byAddress.begin(address);
    }

    /** To be called if the password was right. */
    void succeeded(String name, String address) {
        byName.forget(login(name, address));
        byAddress.undo(address);
    }

    long remembered() {
        return byName.size() + byAddress.size();
    }

    /** In NFKC, as the name is looked up. Names that are too long for the table are one: they match nobody. */
    private static Login login(String name, String address) {
        String shortened = name.length() > LONGEST_NAME ? "" : Normalizer.normalize(name, Normalizer.Form.NFKC);
        return new Login(shortened.length() > LONGEST_NAME ? "" : shortened, address);
    }
}
