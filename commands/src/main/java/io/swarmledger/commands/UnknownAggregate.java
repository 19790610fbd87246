package io.swarmledger.commands;

/** There is no event under that id, and the command does not bring anything into being. */
public final class UnknownAggregate extends CommandRefused {

    private final String aggregateType;
    private final String aggregateId;

    UnknownAggregate(String aggregateType, String aggregateId) {
        super("There is no " + aggregateType + " " + aggregateId);
        this.aggregateType = aggregateType;
        this.aggregateId = aggregateId;
    }

    public String aggregateType() {
        return aggregateType;
    }

    public String aggregateId() {
        return aggregateId;
    }
}
