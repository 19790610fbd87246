package io.swarmledger.app.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Paths, as the door knows them, and as whoever is outside does: it may be below a path of a server. */
public final class DoorPath {

    private DoorPath() {}

    /** The path of a request within the door, as it was sent. */
    public static String within(HttpServletRequest request) {
        return within(request, request.getRequestURI());
    }

    /** The path of the request that failed, where this one is the answer to that. */
    public static String failedWithin(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return failed == null ? within(request) : within(request, failed.toString());
    }

    private static String within(HttpServletRequest request, String path) {
        String base = request.getContextPath();
        return path.startsWith(base) ? path.substring(base.length()) : path;
    }

    /** A path within the door, for whoever sent the request that this thread answers. */
    public static String outside(String path) {
        ServletRequestAttributes current = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        return current.getRequest().getContextPath() + path;
    }
}
