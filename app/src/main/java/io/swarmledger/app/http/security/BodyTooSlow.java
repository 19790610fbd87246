package io.swarmledger.app.http.security;

import java.io.IOException;

/** A body takes so long to arrive that its thread is wanted for others. */
final class BodyTooSlow extends IOException {

    BodyTooSlow(String message) {
        super(message);
    }
}
