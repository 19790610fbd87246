package io.swarmledger.query;

/** A question that the ledger gives up, so that commands and other questions go on. Asked again later, it may be answered. */
public final class QuestionRefused extends RuntimeException {

    /** Why it is given up. */
    public enum Reason {
        /** It took longer than a question may. */
        TIMED_OUT,
        /** Others are being answered: it had no turn in time. */
        TOO_MANY,
        /** The answers under way fill the memory that there is for them. */
        NO_ROOM
    }

    private final Reason reason;

    public QuestionRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
