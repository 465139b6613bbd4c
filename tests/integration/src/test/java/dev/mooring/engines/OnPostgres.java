package dev.mooring.engines;

import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.OnBackend;

/** A test that runs on PostgreSQL. */
public interface OnPostgres extends OnBackend {

    @Override
    default BackendUnderTest backend() {
        return new PostgresUnderTest();
    }
}
