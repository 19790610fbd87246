package io.swarmledger.app.http.security;

import io.swarmledger.app.http.Problem;
import io.swarmledger.app.http.RequestBytes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Watches how long bodies take to arrive, whatever becomes of their request. */
final class BodyFilter extends OncePerRequestFilter {

    /** Bodies that may be as long as they are: events in lines, and what is to be imported. */
    private static final List<String> STREAMS = List.of("application/x-ndjson", "application/octet-stream");

    private final Bodies bodies;

    BodyFilter(Bodies bodies) {
        this.bodies = bodies;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Bodies.Arrival arrival = bodies.begin(STREAMS.stream().anyMatch(type -> isOf(request, type)))) {
            RequestBytes.note(request, arrival);
            WatchedRequest watched = new WatchedRequest(request, arrival);
            HttpServletResponse answer = new LengthUntold(response);
            if (isForm(request)) {
                ProblemAnswer.write(
                        answer,
                        Problem.of(
                                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                                "unsupported-media-type",
                                "Unsupported media type",
                                "Forms are not taken; send application/json"));
            } else {
                chain.doFilter(watched, answer);
            }
            if (!request.isAsyncStarted() && !watched.isFinished()) {
                response.flushBuffer();
                if (!watched.isReadToItsEnd()) {
                    AbandonedBodies.abandon(request);
                }
            }
        }
    }

    /** The container would read it itself as soon as somebody asks for a parameter, and nobody would watch. */
    private static boolean isForm(HttpServletRequest request) {
        return isOf(request, "application/x-www-form-urlencoded") || isOf(request, "multipart/");
    }

    private static boolean isOf(HttpServletRequest request, String type) {
        return Stream.ofNullable(request.getContentType())
                .anyMatch(given -> given.regionMatches(true, 0, type, 0, type.length()));
    }
}
