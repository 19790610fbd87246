package io.swarmledger.app.http.operations;

/** There is no such operation or replay; those of an earlier run of the service are forgotten. */
final class NothingFollowed extends RuntimeException {

    NothingFollowed(String message) {
        super(message);
    }
}
