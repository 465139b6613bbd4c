package dev.mooring.faults;

import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.FaultContract;

class MariadbFaultTest extends FaultContract implements OnMariadb {

    /** Each case waits until the server has seen the end of its connections. */
    @Override
    protected int step() {
        return super.step() * 10;
    }
}
