package io.swarmledger.query;

/** A file of the ledger cannot be read: damaged, gone, or out of the system's reach. Asked again, it will say the same. */
public final class ReadFault extends RuntimeException {

    /**
     * What stood in the way.
     *
     * @param cause its message is SQLite's own
     */
    public ReadFault(Throwable cause) {
        super(
                "The ledger cannot be read here: " + cause.getMessage() + ". `verify` tells what of it is damaged",
                cause);
    }
}
