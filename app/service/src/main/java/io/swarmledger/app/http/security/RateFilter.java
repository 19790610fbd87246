package io.swarmledger.app.http.security;

import io.swarmledger.app.door.Caller;
import io.swarmledger.app.http.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets each caller send so many requests a second: by its token, and by its address if it has none. */
final class RateFilter extends OncePerRequestFilter {

    private final Integer wanted;
    private final Rates open;
    private final Rates demanded;

    private static final int OF_TOKENS = 5_000;

    /**
     * The filter.
     *
     * @param perSecond what was set, {@code null} if nothing was
     */
    RateFilter(Integer perSecond) {
        this.wanted = perSecond;
        this.open = new Rates(perSecond == null ? 0 : perSecond);
        this.demanded = new Rates(perSecond == null ? OF_TOKENS : perSecond);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Rates rates = wanted == null && isOpen(request) ? open : demanded;
        long early = rates.tooEarlyBy(callerOf(request));
        if (early == 0) {
            chain.doFilter(request, response);
            return;
        }
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(early + TimeUnit.SECONDS.toNanos(1) - 1));
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        ProblemAnswer.write(
                response,
                Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-requests",
                        "Too many requests",
                        "More requests a second than swarm-ledger.http.rate allows one caller"));
    }

    /** Whether no token was demanded of the request. */
    private static boolean isOpen(HttpServletRequest request) {
        return Caller.ANYBODY.equals(TokenFilter.caller(request));
    }

    private static String callerOf(HttpServletRequest request) {
        Caller caller = TokenFilter.caller(request);
        return caller != null && caller.name() != null
                ? "token " + caller.name()
                : "address " + request.getRemoteAddr();
    }
}
