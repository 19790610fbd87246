package io.swarmledger.app.http.security;

import io.swarmledger.app.door.Caller;
import io.swarmledger.app.http.Welcome;
import io.swarmledger.app.token.Token;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who sends a request: by a token in its header, or by the session that one was traded for. */
final class TokenFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";
    private static final String WRONG = TokenFilter.class.getName() + ".wrong";
    private static final String UNKNOWN = TokenFilter.class.getName() + ".unknown";
    private static final String CALLER = TokenFilter.class.getName() + ".caller";
    private static final String BY_COOKIE = TokenFilter.class.getName() + ".byCookie";

    private final Tokens tokens;
    private final Sessions sessions;
    private final SecurityContextRepository contexts;

    TokenFilter(Tokens tokens, Sessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
        // So that a request that goes on on another thread is still its caller's.
        this.contexts = new RequestAttributeSecurityContextRepository();
    }

    /** Whether the request presents something that is no token, or none any more. */
    static boolean isWrong(HttpServletRequest request) {
        return request.getAttribute(WRONG) != null;
    }

    /** Whether nobody can tell what the request presents, since the tokens cannot be read. */
    static boolean isUnknown(HttpServletRequest request) {
        return request.getAttribute(UNKNOWN) != null;
    }

    /** Who sends the request; {@code null} for somebody who is not known. */
    static Caller caller(HttpServletRequest request) {
        return (Caller) request.getAttribute(CALLER);
    }

    /** Whether a browser identifies the caller by itself, whoever wrote the page. */
    static boolean isByCookie(HttpServletRequest request) {
        return request.getAttribute(BY_COOKIE) != null;
    }

    /** The token in the request's header. */
    static Optional<String> presented(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!tokens.areDemanded()) {
            identify(Caller.ANYBODY, () -> !tokens.areDemanded(), request, response);
        } else if (tokens.fault().isPresent()) {
            request.setAttribute(UNKNOWN, true);
        } else if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            Optional<Token> token = presented(request).flatMap(tokens::presentedAs);
            if (token.isPresent()) {
                identify(token.get(), request, response);
            } else {
                request.setAttribute(WRONG, true);
            }
        } else {
            sessions.tokenOf(request).ifPresent(token -> {
                request.setAttribute(BY_COOKIE, true);
                identify(token, request, response);
            });
        }
        chain.doFilter(request, response);
    }

    private void identify(Token token, HttpServletRequest request, HttpServletResponse response) {
        identify(
                new Caller(token.name(), token.role()),
                () -> tokens.ofHash(token.hash()).isPresent(),
                request,
                response);
    }

    private void identify(
            Caller caller, BooleanSupplier stillWelcome, HttpServletRequest request, HttpServletResponse response) {
        Welcome.note(request, stillWelcome);
        request.setAttribute(CALLER, caller);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new KnownCaller(caller));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
