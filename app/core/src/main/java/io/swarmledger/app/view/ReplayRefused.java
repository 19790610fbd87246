package io.swarmledger.app.view;

/** A replay cannot begin; nothing was changed. */
public final class ReplayRefused extends RuntimeException {

    ReplayRefused(String message) {
        super(message);
    }
}
