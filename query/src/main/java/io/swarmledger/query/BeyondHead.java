package io.swarmledger.query;

/** A position beyond the end of this ledger: it was given by another one, or by this one before it lost its end. */
public final class BeyondHead extends RuntimeException {

    private final String field;

    public BeyondHead(String field, long asked, long head) {
        super(field + ": position " + asked + " is beyond the head of this ledger, " + head);
        this.field = field;
    }

    /** The name of the field at fault, as the contract spells it. */
    public String field() {
        return field;
    }
}
