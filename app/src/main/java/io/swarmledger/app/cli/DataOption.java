package io.swarmledger.app.cli;

import picocli.CommandLine.Option;

/** Which ledger. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "ledger-data",
            description = "The ledger's directory; \":memory:\" is a private one that is gone at the end."
                    + " Default: ${DEFAULT-VALUE}")
    String directory;

    @Option(
            names = "--accept-loss",
            description = "Write to the ledger although acknowledged events are missing in it.")
    boolean acceptLoss;
}
