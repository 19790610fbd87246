package io.swarmledger.app.door;

import java.io.IOException;

/** A body has no end: its sender is gone, made a mistake in it, or was not waited for. */
public final class BodyBrokenOff extends RuntimeException {

    private BodyBrokenOff(String message, IOException cause) {
        super(message, cause);
    }

    public static BodyBrokenOff of(IOException cause) {
        return new BodyBrokenOff(
                cause instanceof BodyNotAwaited
                        ? cause.getMessage()
                        : "The body ends before its end, or its chunks are broken",
                cause);
    }
}
