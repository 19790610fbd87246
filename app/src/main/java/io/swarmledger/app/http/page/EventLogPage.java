package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.Moment;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.query.Order;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.Json;
import io.swarmledger.query.Page;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.GetEvent;
import io.swarmledger.query.log.RecordedEvent;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The log as it is: filtered, followed live at its end, each event with its JSON and what it is linked to. */
@Hidden
@Controller
final class EventLogPage {

    private static final int LIMIT = 50;

    /** Characters of a payload in the list: more than are shown, so that it is seen where one is cut. */
    private static final long PAYLOAD = 400;

    /** Of JSON beside the list; the API has all of it. */
    private static final int JSON = 60_000;

    private static final JsonMapper READABLE =
            Json.mapper().rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Gateways gateways;
    private final EventSearch search;

    EventLogPage(Gateways gateways, EventSearch search) {
        this.gateways = gateways;
        this.search = search;
    }

    /**
     * What the list is of; as in {@link FindEvents}.
     *
     * @param q something to be found by its id, type or position
     * @param event the id of the one whose JSON is shown
     */
    record Filter(
            String q,
            String event,
            List<String> aggregateId,
            List<String> aggregateType,
            List<String> type,
            Moment after,
            Moment before,
            Long fromVersion,
            Long afterPosition,
            String swarmId,
            String correlationId,
            Integer limit,
            Order order,
            String cursor) {

        FindEvents query() {
            return new FindEvents(
                    Given.orNull(aggregateId),
                    Given.orNull(aggregateType),
                    Given.orNull(type),
                    Moment.millisOf(after),
                    Moment.millisOf(before),
                    fromVersion,
                    afterPosition,
                    Given.orNull(swarmId),
                    Given.orNull(correlationId),
                    limit == null ? LIMIT : Math.min(limit, 200),
                    null,
                    isNewestFirst(),
                    Given.orNull(cursor),
                    PAYLOAD);
        }

        public boolean isNewestFirst() {
            return order != Order.asc;
        }

        /** Whether new events appear at the top of what is shown. */
        public boolean isTail() {
            return isNewestFirst() && Given.orNull(cursor) == null && before == null;
        }
    }

    /**
     * One event, looked at closely.
     *
     * @param json indented, and cut if it is very long
     */
    record Opened(RecordedEvent event, String json, boolean isCut) {}

    @GetMapping("/events")
    String page(@ModelAttribute Filter filter, Model page) {
        String q = Given.orNull(filter.q());
        if (q != null) {
            String found = search.addressOf(q);
            if (found != null) {
                return "redirect:" + found;
            }
        }
        Page<RecordedEvent> events = gateways.page(filter.query(), RecordedEvent.class, null);
        page.addAttribute("events", events)
                .addAttribute("filter", filter)
                .addAttribute("lost", q)
                .addAttribute("types", new TreeSet<>(EventTypes.all().keySet()))
                .addAttribute("opened", opened(Given.orNull(filter.event())));
        return "events";
    }

    private Opened opened(String id) {
        if (id == null) {
            return null;
        }
        RecordedEvent event = gateways.get(new GetEvent(id), RecordedEvent.class, null, "event " + id);
        String json = json(event);
        return new Opened(event, json.length() > JSON ? json.substring(0, JSON) : json, json.length() > JSON);
    }

    private static String json(RecordedEvent event) {
        try {
            return READABLE.writeValueAsString(
                    Json.mapper().readValue(Json.mapper().writeValueAsString(event), Object.class));
        } catch (JacksonException tooDeep) {
            return Json.mapper().writeValueAsString(event);
        }
    }
}
