package io.swarmledger.query.view;

/** An event of a known type that cannot be read as one, or that a fold throws at. No fold passes over it: it becomes a dead letter. */
public final class UnreadableEvent extends RuntimeException {

    public UnreadableEvent(String type, String eventId, String defect) {
        super("The payload of " + type + " " + eventId + " cannot be read: " + defect);
    }

    private UnreadableEvent(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * One that can be read, and not be folded.
     *
     * @param model the type of the read model whose fold it is
     * @param event type and id
     */
    public static UnreadableEvent unfoldable(String model, long position, String event, RuntimeException thrown) {
        return new UnreadableEvent(
                "The fold of " + model + " threw " + thrown + " at position " + position + ", " + event, thrown);
    }
}
