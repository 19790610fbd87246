package io.swarmledger.query.log;

/** An aggregate is asked for after an event that it has not had. */
public final class NoSuchVersion extends RuntimeException {

    private final StateThen last;

    NoSuchVersion(long asked, StateThen last) {
        super(last.aggregateType() + " " + last.aggregateId() + " has no version " + asked + ": its last is "
                + last.version());
        this.last = last;
    }

    /** The last version that it has. */
    public long lastVersion() {
        return last.version();
    }
}
