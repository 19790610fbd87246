package io.swarmledger.app.http.stream;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The live stream: history first and then what comes, without a gap and nothing twice. */
@Hidden
@RestController
class FollowEndpoint {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Followers followers;
    private final Gateways gateways;

    FollowEndpoint(Followers followers, Gateways gateways) {
        this.followers = followers;
        this.gateways = gateways;
    }

    /**
     * Begins behind {@code Last-Event-ID}, which an {@code EventSource} sends when it connects again, or else behind
     * {@code afterPosition}, or else at the beginning of the log. Each message is an event; its id is its position. Before
     * the service closes the stream it sends an event named {@code closed} that says why.
     */
    @GetMapping(path = "/api/events/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void follow(
            @ModelAttribute EventFilter filter,
            @RequestHeader(name = LAST_EVENT_ID, required = false) String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        long position = position(filter, lastEventId);
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            return;
        }
        requireKnownTypes(filter);
        AsyncContext context = EventStreams.begin(request, response, followers);
        followers.follow(context, response.getOutputStream(), filter, position);
    }

    /** As the list of events would refuse them. */
    private void requireKnownTypes(EventFilter filter) {
        if (filter.aggregateType() != null && !filter.aggregateType().isEmpty()) {
            FindEvents one = FindEvents.all()
                    .with(all -> all.aggregateTypes(filter.aggregateType()).limit(1));
            gateways.page(one, RecordedEvent.class, null);
        }
    }

    private long position(EventFilter filter, String lastEventId) {
        String field = lastEventId == null || lastEventId.isBlank() ? "afterPosition" : LAST_EVENT_ID;
        long position = field.equals(LAST_EVENT_ID)
                ? number(lastEventId.trim())
                : filter.afterPosition() == null ? 0 : filter.afterPosition();
        if (position < 0) {
            throw InvalidQuery.outOfRange(field, position + " is less than 0");
        }
        if (filter.fromVersion() != null && filter.fromVersion() < 0) {
            throw InvalidQuery.outOfRange("fromVersion", filter.fromVersion() + " is less than 0");
        }
        return BeyondHead.requireWithin(followers.head(), field, position);
    }

    private static long number(String lastEventId) {
        try {
            return Long.parseLong(lastEventId);
        } catch (NumberFormatException noNumber) {
            throw InvalidQuery.malformed(LAST_EVENT_ID, "is no position");
        }
    }
}
