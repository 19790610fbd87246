package io.swarmledger.app.http.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * How a browser's user wants times shown: it is kept in a cookie, so that all of a page, its charts too, are of one zone
 * from the start.
 *
 * @param zone of every time that a page shows
 * @param areRelative whether where an event is listed its age is told instead
 */
record Times(ZoneId zone, boolean areRelative) {

    static final String COOKIE = "swarm-ledger-times";

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Times USUAL = new Times(UTC, false);
    private static final String RELATIVE = "relative";

    /** Those of a request. */
    static Times of(HttpServletRequest request) {
        return request.getCookies() == null
                ? USUAL
                : Stream.of(request.getCookies())
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .map(Times::read)
                        .findFirst()
                        .orElse(USUAL);
    }

    /** Those of the request that this thread answers; in UTC where it answers none. */
    static Times current() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? of(attributes.getRequest())
                : USUAL;
    }

    private static Times read(String wanted) {
        if (wanted.equals(RELATIVE)) {
            return new Times(UTC, true);
        }
        try {
            return new Times(ZoneId.of(wanted.replace('.', '/')), false);
        } catch (DateTimeException unknown) {
            return USUAL;
        }
    }

    /** As the button says it. */
    public String word() {
        String name = zone.getId();
        return areRelative ? "ago" : name.substring(name.lastIndexOf('/') + 1).replace('_', ' ');
    }
}
