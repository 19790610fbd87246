package io.swarmledger.app.http.stream;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is open, and what becomes of it, live. */
@Hidden
@RestController
class FollowIncidents {

    private final Followers places;
    private final IncidentFollowers followers;

    FollowIncidents(Followers places, IncidentFollowers followers) {
        this.places = places;
        this.followers = followers;
    }

    /**
     * The first message is named {@code incidents} and says what is open, as {@code GET /api/incidents?open=true} would; one
     * that comes later says it anew. Each of the others is an incident, named {@code opened}, {@code changed} or {@code
     * closed}, or an alert, {@code raised} or {@code cleared}. Whoever connects again begins with all there is, so that
     * {@code Last-Event-ID} is not needed. Before the service closes the stream it sends one named {@code closed} whose data
     * has a {@code reason}.
     */
    @GetMapping(path = "/api/incidents/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void follow(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            return;
        }
        AsyncContext context = EventStreams.begin(request, response, places);
        followers.follow(context, response.getOutputStream());
    }
}
