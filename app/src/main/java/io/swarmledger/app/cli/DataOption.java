package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which ledger. */
class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "ledger-data",
            description = "The ledger's directory; \":memory:\" is a private one that is gone at the end."
                    + " Default: ${DEFAULT-VALUE}")
    String directory;

    /** Whether the ledger may be written to although acknowledged events are missing in it. */
    boolean acceptsLoss() {
        return false;
    }

    /**
     * The log that is read beside whoever holds the ledger.
     *
     * @throws LedgerUnavailable if there is none
     */
    Path existingLog() {
        return new LedgerFiles(Path.of(directory)).existingLog();
    }
}
