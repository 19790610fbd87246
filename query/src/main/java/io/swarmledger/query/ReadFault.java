package io.swarmledger.query;

/** A file of the ledger cannot be read: damaged, gone, or out of the system's reach. Asked again, it will say the same. */
public final class ReadFault extends RuntimeException {

    private final boolean ofDerived;

    private ReadFault(String what, String remedy, boolean ofDerived, Throwable cause) {
        super(what + " cannot be read here: " + cause.getMessage() + ". " + remedy, cause);
        this.ofDerived = ofDerived;
    }

    /**
     * Of the log.
     *
     * @param cause its message is SQLite's own
     */
    public static ReadFault ofLog(Throwable cause) {
        return new ReadFault("The ledger", "`verify` tells what of it is damaged", false, cause);
    }

    /** Of what is made from the log, and can be made again. */
    public static ReadFault ofDerived(Throwable cause) {
        return new ReadFault(
                "What is made from the log",
                "Nothing of the log is lost with it: whatever of it is damaged is made anew when the ledger is opened"
                        + " again",
                true,
                cause);
    }

    /** Whether it is what is made from the log that cannot be read. */
    public boolean isOfDerived() {
        return ofDerived;
    }
}
