package io.swarmledger.app.door;

/** A request names something that there is not. */
public final class NotThere extends RuntimeException {

    /**
     * There is no such thing.
     *
     * @param what such as {@code agent agent-1}
     */
    public NotThere(String what) {
        super("There is no " + what);
    }
}
