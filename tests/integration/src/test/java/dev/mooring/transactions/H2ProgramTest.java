package dev.mooring.transactions;

import dev.mooring.engines.OnH2;
import dev.mooring.kit.contracts.ProgramContract;

class H2ProgramTest extends ProgramContract implements OnH2 {

    @Override
    protected int programs() {
        return super.programs() / 5;
    }
}
