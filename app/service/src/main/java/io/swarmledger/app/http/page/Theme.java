package io.swarmledger.app.http.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.stream.Stream;

/** The theme that a browser's user chose: it is kept in a cookie, so that a page comes in it from the start. */
final class Theme {

    static final String COOKIE = "swarm-ledger-theme";

    private static final Set<String> KNOWN = Set.of("light", "dark");

    private Theme() {}

    /** Light, dark, or empty for whatever the browser prefers. */
    static String of(HttpServletRequest request) {
        return request.getCookies() == null
                ? ""
                : Stream.of(request.getCookies())
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .filter(KNOWN::contains)
                        .findFirst()
                        .orElse("");
    }
}
