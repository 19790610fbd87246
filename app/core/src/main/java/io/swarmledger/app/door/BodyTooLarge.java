package io.swarmledger.app.door;

/** A body goes on beyond what the ledger takes of its kind; what is behind that was not read. */
public final class BodyTooLarge extends RuntimeException {

    private BodyTooLarge(String detail) {
        super(detail);
    }

    public static BodyTooLarge event(long bytes) {
        return new BodyTooLarge(
                "An event is larger than " + bytes + " bytes, the ledger's swarm-ledger.max-event-size");
    }

    public static BodyTooLarge upload(long bytes) {
        return new BodyTooLarge("What is to be imported is larger than " + bytes
                + " bytes, the ledger's swarm-ledger.imports.max-size: import it on the ledger's machine, in parts, or by"
                + " `import --to`, which sends facts in parts");
    }

    public static BodyTooLarge array(long events) {
        return new BodyTooLarge("An array has " + events
                + " events at most; in lines (application/x-ndjson) there may be any number of them");
    }
}
