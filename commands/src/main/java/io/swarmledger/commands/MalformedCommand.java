package io.swarmledger.commands;

/** The command says something that no state could ever allow: a field is missing, malformed or out of range. */
public final class MalformedCommand extends CommandRefused {

    private final String field;
    private final String detail;
    private final boolean outOfRange;

    private MalformedCommand(String field, String detail, boolean outOfRange) {
        super(field + " " + detail);
        this.field = field;
        this.detail = plain(detail);
        this.outOfRange = outOfRange;
    }

    /** The value is missing or cannot be understood. */
    public MalformedCommand(String field, String detail) {
        this(field, detail, false);
    }

    /** The value is understood and never allowed, such as a negative size. */
    public static MalformedCommand outOfRange(String field, String detail) {
        return new MalformedCommand(field, detail, true);
    }

    /** The same, of a field that the caller knows by another name. */
    public MalformedCommand at(String name) {
        return new MalformedCommand(name, detail, outOfRange);
    }

    /** The name of the field at fault, as the contract spells it; {@code dependencies[1]} for the second of a list. */
    public String field() {
        return field;
    }

    /** What is wrong with it. */
    public String detail() {
        return detail;
    }

    /** Whether the value was understood but is out of range. */
    public boolean isOutOfRange() {
        return outOfRange;
    }
}
