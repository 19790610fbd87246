package io.swarmledger.app.directory;

import java.nio.file.Path;
import java.util.Optional;

/** A ledger cannot be opened; the message names the path and what to do. Nothing was changed. */
public final class LedgerUnavailable extends RuntimeException {

    public LedgerUnavailable(String message) {
        super(message);
    }

    public LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /** The one that a failure goes back to; empty if it has another reason. */
    public static Optional<LedgerUnavailable> causeOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LedgerUnavailable unavailable) {
                return Optional.of(unavailable);
            }
        }
        return Optional.empty();
    }

    static LedgerUnavailable heldBy(Path directory, String processId) {
        String holder = processId.isEmpty() ? "another process" : "process " + processId;
        return new LedgerUnavailable("The ledger in " + directory + " is held by " + holder
                + ". Stop it, or ask it over HTTP; only reading works beside it");
    }
}
