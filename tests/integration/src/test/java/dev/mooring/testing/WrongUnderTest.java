package dev.mooring.testing;

import dev.mooring.engines.SqliteUnderTest;
import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.Gap;
import dev.mooring.kit.contracts.OnBackend;
import dev.mooring.spi.BackendProvider;
import java.util.List;

/** A backend that is wrong on purpose, as the kit tests it. One at a time: JUnit makes the tests, and nobody can hand it to them. */
final class WrongUnderTest extends SqliteUnderTest {

    private static BackendUnderTest current = new WrongUnderTest(WrongBackend.RIGHT);

    private final BackendProvider provider;
    private final List<Gap> gaps;

    private WrongUnderTest(BackendProvider provider, Gap... gaps) {
        this.provider = provider;
        this.gaps = List.of(gaps);
    }

    /** Has the sample contracts run on this backend from now on. */
    static void use(BackendProvider provider, Gap... gaps) {
        current = new WrongUnderTest(provider, gaps);
    }

    @Override
    public BackendProvider provider() {
        return provider;
    }

    @Override
    public List<Gap> gaps() {
        return gaps;
    }

    /** A sample that runs on the backend in use. */
    interface OnWrong extends OnBackend {
        @Override
        default BackendUnderTest backend() {
            return current;
        }
    }
}
