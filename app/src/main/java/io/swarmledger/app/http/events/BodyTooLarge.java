package io.swarmledger.app.http.events;

/** A body goes on beyond what the ledger takes of its kind; what is behind that was not read. */
final class BodyTooLarge extends RuntimeException {

    private BodyTooLarge(String detail) {
        super(detail);
    }

    static BodyTooLarge event(long bytes) {
        return new BodyTooLarge(
                "An event is larger than " + bytes + " bytes, the ledger's swarm-ledger.max-event-size");
    }

    static BodyTooLarge array(long events) {
        return new BodyTooLarge("An array has " + events + " events at most; in lines (" + AppendEvents.NDJSON
                + ") there may be any number of them");
    }
}
