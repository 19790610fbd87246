package io.swarmledger.commands;

/** The state of the aggregate does not allow what the command asks for. */
public final class RuleBroken extends CommandRefused {

    private final String rule;
    private final String aggregateType;
    private final String aggregateId;
    private final String state;

    RuleBroken(Violation violation, String aggregateType, String aggregateId, String state) {
        super(violation.rule() + ": " + violation.detail() + " (" + aggregateType + " " + aggregateId + ": " + state
                + ")");
        this.rule = violation.rule();
        this.aggregateType = aggregateType;
        this.aggregateId = aggregateId;
        this.state = plain(state);
    }

    /** The name of the rule, such as {@code OnlyAssignedTaskCanBeCompleted}. */
    public String rule() {
        return rule;
    }

    public String aggregateType() {
        return aggregateType;
    }

    public String aggregateId() {
        return aggregateId;
    }

    /** The state that the rule was judged over, in words. */
    public String state() {
        return state;
    }
}
