package io.swarmledger.app.door;

/** There is no such operation or replay; those of an earlier run of the service are forgotten. */
public final class NothingFollowed extends RuntimeException {

    public NothingFollowed(String message) {
        super(message);
    }
}
