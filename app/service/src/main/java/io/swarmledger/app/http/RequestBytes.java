package io.swarmledger.app.http;

import io.swarmledger.app.door.BodyBytes;
import jakarta.servlet.ServletRequest;

/** Keeps with a request what its body occupies. */
public final class RequestBytes {

    private static final String ATTRIBUTE = RequestBytes.class.getName();

    private RequestBytes() {}

    /** What the request's body occupies. */
    public static BodyBytes of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof BodyBytes bytes ? bytes : BodyBytes.NONE;
    }

    /** Notes it. */
    public static void note(ServletRequest request, BodyBytes bytes) {
        request.setAttribute(ATTRIBUTE, bytes);
    }
}
