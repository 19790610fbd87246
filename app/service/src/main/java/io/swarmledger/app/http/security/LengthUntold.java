package io.swarmledger.app.http.security;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.springframework.http.HttpHeaders;

/**
 * An answer that does not say ahead how long it is. Tomcat closes the request's body with the last byte of one that does:
 * what is left of the body could not be read any more, and the attempt would be taken for a failure of the request.
 */
final class LengthUntold extends HttpServletResponseWrapper {

    LengthUntold(HttpServletResponse response) {
        super(response);
    }

    private static boolean isLength(String header) {
        return HttpHeaders.CONTENT_LENGTH.equalsIgnoreCase(header);
    }

    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    @Override
    public void setHeader(String name, String value) {
        if (!isLength(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isLength(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!isLength(name)) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!isLength(name)) {
            super.addIntHeader(name, value);
        }
    }
}
