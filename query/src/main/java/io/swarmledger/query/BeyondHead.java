package io.swarmledger.query;

/** A position beyond the end of this ledger: it was given by another one, or by this one before it lost its end. */
public final class BeyondHead extends RuntimeException {

    private final String field;
    private final long head;

    public BeyondHead(String field, long asked, long head) {
        super(field + ": position " + asked + " is beyond the head of this ledger, " + head);
        this.field = field;
        this.head = head;
    }

    /**
     * That position, if the ledger has it.
     *
     * @param field the name under which it was asked for
     * @throws BeyondHead if it has not
     */
    public static long requireWithin(long head, String field, long position) {
        if (position > head) {
            throw new BeyondHead(field, position, head);
        }
        return position;
    }

    /** The name of the field at fault, as the contract spells it. */
    public String field() {
        return field;
    }

    /** The last position that there is. */
    public long head() {
        return head;
    }
}
