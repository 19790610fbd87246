package io.swarmledger.app.door;

/** An operation cannot begin as things are; nothing was changed. */
public final class OperationRefused extends RuntimeException {

    public OperationRefused(String message) {
        super(message);
    }
}
