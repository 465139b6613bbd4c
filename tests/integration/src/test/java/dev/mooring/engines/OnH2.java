package dev.mooring.engines;

import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.OnBackend;

/** A test that runs on H2. */
public interface OnH2 extends OnBackend {

    @Override
    default BackendUnderTest backend() {
        return new H2UnderTest();
    }
}
