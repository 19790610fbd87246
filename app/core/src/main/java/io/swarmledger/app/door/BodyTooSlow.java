package io.swarmledger.app.door;

/** A body takes so long to arrive that its thread is wanted for others. */
public final class BodyTooSlow extends BodyNotAwaited {

    public BodyTooSlow(String message) {
        super(message);
    }
}
