package io.swarmledger.app.directory;

import java.nio.file.Path;

/** What lies where in a ledger's directory. */
public record LedgerFiles(Path directory) {

    /** The log: events and snapshots. It is the truth. */
    public Path log() {
        return directory.resolve("events.db");
    }

    /** Read models, tokens and dead letters. It may be deleted at any time; it is rebuilt from the log. */
    public Path views() {
        return directory.resolve("views.db");
    }
}
