package io.swarmledger.query;

import java.util.List;

/** A query that cannot be answered as asked: a field is malformed, or its value is out of range. */
public final class InvalidQuery extends RuntimeException {

    private static final int SHOWN = 60;

    private final String field;
    private final boolean outOfRange;

    private InvalidQuery(String field, String message, boolean outOfRange) {
        super(field + ": " + message);
        this.field = field;
        this.outOfRange = outOfRange;
    }

    /** The value cannot be understood at all. */
    public static InvalidQuery malformed(String field, String message) {
        return new InvalidQuery(field, message, false);
    }

    /** The value is understood and not allowed. */
    public static InvalidQuery outOfRange(String field, String message) {
        return new InvalidQuery(field, message, true);
    }

    /** The value is none that there is, neither of those that the ledger gives nor of those that an import brought. */
    public static InvalidQuery noneOf(String field, String value, List<String> known) {
        String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
        return outOfRange(field, shown + " is none of " + String.join(", ", known));
    }

    /** The name of the field at fault, as the contract spells it. */
    public String field() {
        return field;
    }

    /** Whether the value was understood but not allowed. */
    public boolean isOutOfRange() {
        return outOfRange;
    }
}
