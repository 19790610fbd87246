package io.swarmledger.app.directory;

import java.nio.file.Files;
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

    /** Where each thing changed, for questions about any moment. It may be deleted at any time; it is made from the log. */
    public Path timeTravel() {
        return directory.resolve("timetravel.db");
    }

    /** Position and link of the last acknowledged event, outside the log that it vouches for. */
    public Path anchor() {
        return directory.resolve("head.anchor");
    }

    /** Who may use the service. It is no part of the log, so that no backup carries it to another machine. */
    public Path tokens() {
        return directory.resolve("tokens.json");
    }

    /**
     * The log, which is there.
     *
     * @throws LedgerUnavailable if it is not
     */
    public Path existingLog() {
        if (!Files.isRegularFile(log())) {
            throw new LedgerUnavailable("There is no ledger in " + directory + ": " + log().getFileName()
                    + " is not there. Name its directory with --data");
        }
        return log();
    }
}
