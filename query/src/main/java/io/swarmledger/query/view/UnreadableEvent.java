package io.swarmledger.query.view;

/** An event of a known type whose payload cannot be read as one. The fold cannot pass over it: it becomes a dead letter. */
public final class UnreadableEvent extends RuntimeException {

    public UnreadableEvent(String type, String eventId, String defect) {
        super("The payload of " + type + " " + eventId + " cannot be read: " + defect);
    }
}
