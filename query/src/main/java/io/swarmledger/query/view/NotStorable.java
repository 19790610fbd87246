package io.swarmledger.query.view;

/** A batch has a state in it that cannot be stored. Folded again, the event that it comes from is found and put aside. */
public final class NotStorable extends RuntimeException {

    NotStorable(String projection, Throwable cause) {
        super("A state of " + projection + " cannot be stored: " + cause.getMessage(), cause);
    }
}
