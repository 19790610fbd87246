package io.swarmledger.app.http.security;

import io.swarmledger.app.door.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/** Tells who sends a request that was let in. */
public final class Callers {

    private Callers() {}

    /** Who sends it. */
    public static Caller of(HttpServletRequest request) {
        return Objects.requireNonNull(TokenFilter.caller(request), "Nobody was let in");
    }
}
