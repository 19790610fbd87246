package io.swarmledger.query.log;

/** An aggregate is asked for at a moment before its first event. */
public final class NotYetBorn extends RuntimeException {

    private final RecordedEvent birth;

    NotYetBorn(String asked, RecordedEvent birth) {
        super(birth.aggregateType() + " " + birth.aggregateId() + " was not there " + asked + ": its first event is "
                + birth.type() + " at position " + birth.position() + ", time "
                + birth.timestamp().longValue());
        this.birth = birth;
    }

    /** The event that it began with. */
    public RecordedEvent birth() {
        return birth;
    }
}
