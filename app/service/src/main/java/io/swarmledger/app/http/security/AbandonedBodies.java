package io.swarmledger.app.http.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets a connection end with its answer. Tomcat would otherwise read on to the end of a body that nobody wants, so that
 * the next request can follow on the same connection, however long that takes.
 */
final class AbandonedBodies extends ValveBase {

    private static final String ABANDONED = AbandonedBodies.class.getName();

    AbandonedBodies() {
        super(true);
    }

    /** What is left of the request's body is not read. */
    static void abandon(ServletRequest request) {
        request.setAttribute(ABANDONED, true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        try {
            getNext().invoke(request, response);
        } finally {
            if (request.getAttribute(ABANDONED) != null) {
                request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }
}
