package dev.mooring.faults;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.FaultContract;

class H2FaultTest extends FaultContract implements OnH2 {

    @Override
    protected int step() {
        return super.step() * 10;
    }
}
