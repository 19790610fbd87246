package io.swarmledger.app.check.plain;

/** A payload that is not what its event type says: no view has such an event. */
final class Unreadable extends Exception {

    Unreadable(String reason) {
        super(reason);
    }
}
