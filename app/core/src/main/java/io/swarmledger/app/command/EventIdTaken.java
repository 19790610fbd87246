package io.swarmledger.app.command;

import io.swarmledger.commands.Appended;

/** The caller's own id for the event is in the log already, with other content. Nothing was appended. */
public final class EventIdTaken extends RuntimeException {

    private final Appended taken;

    EventIdTaken(Appended taken, String difference) {
        super("The id " + taken.id() + " is taken by the event at position " + taken.position() + ": " + difference);
        this.taken = taken;
    }

    /** The event that has the id. */
    public Appended takenBy() {
        return taken;
    }
}
