package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.sqlite.LogFile;
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

    /**
     * The same, at this program's schema: the log of an older program is brought there first, as by any command that writes.
     *
     * @throws LedgerUnavailable if there is none, or it is an older one that somebody holds
     */
    Path currentLog() {
        Path log = existingLog();
        if (!LogFile.isCurrent(log)) {
            OpenLedger.of(this).close();
        }
        return log;
    }
}
