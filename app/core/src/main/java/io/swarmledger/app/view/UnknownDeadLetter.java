package io.swarmledger.app.view;

/** That projection has no dead letter of that id: it was retried or discarded, or a replay made the letters anew. */
public final class UnknownDeadLetter extends RuntimeException {

    UnknownDeadLetter(String projection, String id) {
        super("The projection " + projection + " has no dead letter " + id);
    }
}
