package io.swarmledger.app.directory;

import java.nio.file.Path;

/** A ledger cannot be opened; the message names the path and what to do. Nothing was changed. */
public final class LedgerUnavailable extends RuntimeException {

    public LedgerUnavailable(String message) {
        super(message);
    }

    public LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    static LedgerUnavailable heldBy(Path directory, String processId) {
        String holder = processId.isEmpty() ? "another process" : "process " + processId;
        return new LedgerUnavailable("The ledger in " + directory + " is held by " + holder
                + ". Stop it, or ask it over HTTP; only reading works beside it");
    }
}
