package io.swarmledger.app.log;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * The log could not be written, for a reason that lies outside the command. Nothing of the append is there, unless its kind
 * says that nobody knows.
 */
public final class LogFault extends EventStoreException {

    /** What stands in the way. */
    public enum Kind {
        /** More appends wait than the queue holds; try again soon. */
        OVERLOADED,
        /** Another process holds the file's lock; try again soon. */
        BUSY,
        /** The disk has no room. */
        DISK_FULL,
        /** The ledger is closed, or closing. */
        CLOSED,
        /** The event is larger than the ledger takes. */
        TOO_LARGE,
        /** Acknowledged events are missing and nobody has accepted that. */
        INCOMPLETE,
        /** The disk refused to confirm what was written: it may be there or not. The same event id again gets the answer. */
        UNKNOWN,
        /** Another process has taken the ledger: this one writes no more. */
        TAKEN,
        /** The file cannot be written: input/output error, read-only, damaged, gone. */
        BROKEN
    }

    private final Kind kind;

    public LogFault(Kind kind, String message) {
        this(kind, message, null);
    }

    public LogFault(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
