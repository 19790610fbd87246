package io.swarmledger.app.door;

import java.io.IOException;

/** What is left of a body is not read, so that its connection can serve nothing more. */
public abstract class BodyNotAwaited extends IOException {

    BodyNotAwaited(String message) {
        super(message);
    }
}
