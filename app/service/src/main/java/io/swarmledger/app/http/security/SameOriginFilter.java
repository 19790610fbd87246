package io.swarmledger.app.http.security;

import io.swarmledger.app.http.DoorPath;
import io.swarmledger.app.http.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a page of somebody else makes a browser send. A browser reaches the loopback for any page; who it speaks
 * for stands in headers that a page cannot set. A name that somebody has lead here (DNS rebinding) is found out by
 * {@code Host}, a page elsewhere by {@code Origin} and {@code Sec-Fetch-Site}. A program that is no browser sends
 * neither of these two.
 */
final class SameOriginFilter extends OncePerRequestFilter {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d*$");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> OF_PROGRAMS = List.of("/api", "/actuator", "/v3");

    private final boolean loopback;
    private final Set<String> allowedHosts;

    SameOriginFilter(boolean loopback, List<String> allowedHosts) {
        this.loopback = loopback;
        this.allowedHosts = Set.copyOf(
                allowedHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            ProblemAnswer.write(
                    response,
                    Problem.of(HttpStatus.FORBIDDEN, "foreign-page", "Not from a page of this service", refusal));
        }
    }

    private String refusal(HttpServletRequest request) {
        if (!isOurs(request.getHeader(HttpHeaders.HOST))) {
            return "Host is no name of this service; if it is to be one, set swarm-ledger.http.allowed-hosts";
        }
        for (String origin : Collections.list(request.getHeaders(HttpHeaders.ORIGIN))) {
            if (!isSame(origin, request.getHeader(HttpHeaders.HOST))) {
                return "Origin is another site: pages of other sites may neither read nor write here";
            }
        }
        for (String site : Collections.list(request.getHeaders("Sec-Fetch-Site"))) {
            if (!isAllowed(site, request)) {
                return "Sec-Fetch-Site says that a page of another site asks: it may neither read nor write here";
            }
        }
        return null;
    }

    /** Reached from elsewhere it is called by names that nobody here knows, and every request needs a token. */
    private boolean isOurs(String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        String bare = PORT.matcher(name).replaceFirst("");
        return loopback && LOOPBACK.matcher(bare).matches()
                || allowedHosts.contains(name)
                || allowedHosts.contains(bare)
                || !loopback && allowedHosts.isEmpty();
    }

    private static boolean isSame(String origin, String host) {
        int scheme = origin.indexOf("://");
        return scheme > 0
                && origin.substring(scheme + "://".length()).equalsIgnoreCase(host)
                && Set.of("http", "https").contains(origin.substring(0, scheme).toLowerCase(Locale.ROOT));
    }

    private static boolean isAllowed(String site, HttpServletRequest request) {
        boolean safe = SAFE.contains(request.getMethod());
        return switch (site) {
            case "same-origin", "none" -> true;
            case "same-site" -> safe;
                // A link on another page may lead to a page here: what it shows, that other page does not see.
            default -> safe
                    && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                    && "document".equals(request.getHeader("Sec-Fetch-Dest"))
                    && OF_PROGRAMS.stream().noneMatch(DoorPath.within(request)::startsWith);
        };
    }
}
