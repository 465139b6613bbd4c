package dev.mooring.faults;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.FaultContract;

class PostgresFaultTest extends FaultContract implements OnPostgres {

    /** Each case waits until the server has seen the end of its connections. */
    @Override
    protected int step() {
        return super.step() * 10;
    }
}
