package io.swarmledger.app.http.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.function.IntSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Tells how much of a body has arrived. Tomcat's streams count only what is in its own buffer, some kilobytes: whoever has
 * many events taken together until the sender pauses would find a pause behind every dozen.
 */
final class ArrivedBytes extends ValveBase {

    private static final String ATTRIBUTE = ArrivedBytes.class.getName();

    ArrivedBytes() {
        super(true);
    }

    /** Looks, without waiting, whether more of the request's body has arrived; answers bytes. */
    static IntSupplier of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof IntSupplier arrived ? arrived : () -> 0;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request connection = request.getCoyoteRequest();
        request.setAttribute(ATTRIBUTE, (IntSupplier) () -> {
            connection.action(ActionCode.AVAILABLE, true);
            return connection.getAvailable();
        });
        getNext().invoke(request, response);
    }
}
