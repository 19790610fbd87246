package io.swarmledger.commands;

/** A stream belongs to the type of its first event, and the command is for another one. */
public final class IdBelongsToAnotherType extends CommandRefused {

    private final String aggregateId;
    private final String askedFor;
    private final String belongsTo;

    IdBelongsToAnotherType(String aggregateId, String askedFor, String belongsTo) {
        super("The id " + aggregateId + " belongs to another type: "
                + (belongsTo == null ? "one without a name" : belongsTo) + ", not " + askedFor);
        this.aggregateId = aggregateId;
        this.askedFor = askedFor;
        this.belongsTo = belongsTo;
    }

    public String aggregateId() {
        return aggregateId;
    }

    /** The aggregate type that the command is for. */
    public String askedFor() {
        return askedFor;
    }

    /** The aggregate type of the stream's first event; {@code null} if an import left it without one. */
    public String belongsTo() {
        return belongsTo;
    }
}
