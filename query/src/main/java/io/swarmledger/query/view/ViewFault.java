package io.swarmledger.query.view;

/** The rows of a view could not be read or written. Nothing of the batch is there; it is tried again. */
public final class ViewFault extends RuntimeException {

    public ViewFault(String projection, Exception cause) {
        super("The rows of " + projection + " cannot be read or written: " + cause.getMessage(), cause);
    }
}
