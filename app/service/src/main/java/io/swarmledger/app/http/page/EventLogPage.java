package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.door.EventPage;
import io.swarmledger.app.door.Order;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.Without;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.Json;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.Page;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.GetEvent;
import io.swarmledger.query.log.RecordedEvent;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The log as it is: filtered, followed live at its end, each event with its JSON and what it is linked to. */
@Hidden
@Controller
final class EventLogPage {

    private static final int LIMIT = 50;
    private static final int MOST = 200;

    /** Characters of a payload in the list: more than are shown, so that it is seen where one is cut. */
    private static final long PAYLOAD = 400;

    /** Of JSON beside the list; the API has all of it. */
    private static final int JSON = 60_000;

    private static final JsonMapper READABLE =
            Json.mapper().rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Gateways gateways;
    private final EventSearch search;
    private final StoredTypes types;
    private final AggregateTypes aggregates;

    EventLogPage(Gateways gateways, EventSearch search, StoredTypes types, AggregateTypes aggregates) {
        this.gateways = gateways;
        this.search = search;
        this.types = types;
        this.aggregates = aggregates;
    }

    /**
     * One event, looked at closely.
     *
     * @param json indented, and cut if it is very long
     */
    record Opened(RecordedEvent event, String json, boolean isCut) {}

    /**
     * The list.
     *
     * @param q something to be found by its id, type or position
     * @param event the id of the one whose JSON is shown
     */
    @GetMapping("/events")
    String page(
            @ModelAttribute EventFilter filter,
            @ModelAttribute @Without("offset") EventPage part,
            @RequestParam(required = false) String q,
            @RequestParam(required = false) String event,
            Model page) {
        String found = Given.orNull(q) == null ? null : search.addressOf(q);
        if (found != null) {
            return "redirect:" + found;
        }
        boolean newestFirst = part.order() != Order.asc;
        Page<RecordedEvent> events =
                gateways.page(query(filter.filledIn(), part, newestFirst), RecordedEvent.class, null);
        page.addAttribute("events", events)
                .addAttribute("filter", filter)
                .addAttribute("newestFirst", newestFirst)
                // New events appear at the top of what is shown.
                .addAttribute("tail", newestFirst && Given.orNull(part.cursor()) == null && filter.before() == null)
                .addAttribute("lost", Given.orNull(q))
                .addAttribute("types", types.eventTypes())
                .addAttribute("aggregateTypes", aggregates.names())
                .addAttribute("opened", opened(Given.orNull(event)));
        return "events";
    }

    private static FindEvents query(EventFilter filter, EventPage part, boolean newestFirst) {
        EventPage shown = new EventPage(
                part.limit() == null ? LIMIT : Math.min(part.limit(), MOST),
                null,
                newestFirst ? Order.desc : Order.asc,
                Given.orNull(part.cursor()));
        return filter.query(shown).withPayloadCharacters(PAYLOAD);
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
