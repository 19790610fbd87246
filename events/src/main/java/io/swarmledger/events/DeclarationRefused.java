package io.swarmledger.events;

/** What an application declares to its ledger is not as it must be; the message names what, and what to do. */
public final class DeclarationRefused extends IllegalArgumentException {

    public DeclarationRefused(String message) {
        super(message);
    }

    public DeclarationRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
