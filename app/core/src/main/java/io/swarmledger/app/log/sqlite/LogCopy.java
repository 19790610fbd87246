package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A copy of a log that is only read: a backup, or what a ledger that runs or was killed has, its write-ahead log included. */
public final class LogCopy {

    private LogCopy() {}

    /**
     * Makes it.
     *
     * @throws LedgerUnavailable if the original was written to meanwhile, or lacks events that its own anchor knows of
     */
    public static void make(Path original, Path copy) throws IOException, SQLException {
        // Before the log: it moves after a commit, so that what is read of the log afterwards is never behind it.
        HeadAnchor.Word anchor = anchorOf(original);
        ForeignFiles files = ForeignFiles.of(original);
        files.copyTo(copy);
        if (!files.areUnchanged()) {
            throw new LedgerUnavailable(original + " was written to while it was read, and nothing was restored: make a"
                    + " backup of that ledger, which works beside whoever writes to it");
        }
        try (Connection connection = SqliteConnections.durable(copy).getConnection()) {
            Optional<Loss> loss = anchor.isSound() ? Loss.of(connection, anchor, 0) : Optional.empty();
            if (loss.isPresent()) {
                throw new LedgerUnavailable(
                        loss.get().missing(original) + ", says the head.anchor beside it, and nothing"
                                + " was restored. Name a better backup, or a copy of it in another directory");
            }
        }
    }

    /** A backup may lie beside the anchor of a log that is not its own. */
    private static HeadAnchor.Word anchorOf(Path original) {
        Path log = new LedgerFiles(original.toAbsolutePath().getParent()).log();
        return log.getFileName().equals(original.getFileName()) ? HeadAnchor.read(log) : HeadAnchor.Word.MISSING;
    }
}
