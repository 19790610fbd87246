package io.swarmledger.query.suspect;

/** Suspects are asked for of what has not failed. */
public final class NotFailed extends RuntimeException {

    NotFailed(String message) {
        super(message);
    }
}
