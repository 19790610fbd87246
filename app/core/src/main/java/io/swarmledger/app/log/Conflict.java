package io.swarmledger.app.log;

/** An event id, or a version of an aggregate, is taken. Nothing of the append is there. */
public final class Conflict extends RuntimeException {

    /**
     * What the store said.
     *
     * @param cause the store's own refusal
     */
    public Conflict(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
