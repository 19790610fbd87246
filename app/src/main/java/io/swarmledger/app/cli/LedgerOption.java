package io.swarmledger.app.cli;

import picocli.CommandLine.Option;

/** Which ledger to hold, and on what terms. */
final class LedgerOption extends DataOption {

    @Option(
            names = "--accept-loss",
            description =
                    "Write to it although acknowledged events are missing in it; their positions are not given again.")
    private boolean acceptLoss;

    @Override
    boolean acceptsLoss() {
        return acceptLoss;
    }
}
