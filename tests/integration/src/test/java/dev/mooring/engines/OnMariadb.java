package dev.mooring.engines;

import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.OnBackend;
import dev.mooring.transactions.RequiresMariadb;

/** A test that runs on MariaDB. */
@RequiresMariadb
public interface OnMariadb extends OnBackend {

    @Override
    default BackendUnderTest backend() {
        return new MariadbUnderTest();
    }
}
