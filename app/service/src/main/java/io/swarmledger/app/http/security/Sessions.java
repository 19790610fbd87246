package io.swarmledger.app.http.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swarmledger.app.token.Secret;
import io.swarmledger.app.token.Token;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Tokens that browsers traded for a cookie: neither {@code EventSource} nor a link sends a header. A session is worth
 * what its token is worth: it ends with the token, with this process, or when it was not used for long.
 */
@Component
class Sessions {

    static final String COOKIE = "swarm-ledger-session";

    private static final Duration UNUSED_FOR = Duration.ofHours(12);
    private static final int AT_MOST = 10_000;

    private final Tokens tokens;

    /** Hash of the token by hash of what the cookie holds. */
    private final Cache<String, String> open = Caffeine.newBuilder()
            .expireAfterAccess(UNUSED_FOR)
            .maximumSize(AT_MOST)
            .build();

    Sessions(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Begins one for whoever presented that token. */
    ResponseCookie begin(HttpServletRequest request, Token token) {
        String id = Secret.random();
        open.put(Secret.hash(id), token.hash());
        return cookie(request, id).build();
    }

    /** Ends the one that the request belongs to, if any. */
    ResponseCookie end(HttpServletRequest request) {
        idIn(request).map(Secret::hash).ifPresent(open::invalidate);
        return cookie(request, "").maxAge(0).build();
    }

    /** The token of the session that the request belongs to. */
    Optional<Token> tokenOf(HttpServletRequest request) {
        return idIn(request)
                .map(Secret::hash)
                .flatMap(session -> Optional.ofNullable(open.getIfPresent(session)))
                .flatMap(tokens::ofHash);
    }

    private static Optional<String> idIn(HttpServletRequest request) {
        return request.getCookies() == null
                ? Optional.empty()
                : Stream.of(request.getCookies())
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(HttpServletRequest request, String value) {
        return ResponseCookie.from(COOKIE, value)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.isSecure())
                .path(request.getContextPath().isEmpty() ? "/" : request.getContextPath());
    }
}
