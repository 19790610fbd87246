package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.door.EventPage;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.door.Order;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.Without;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.Json;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.GetEvent;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.search.FoundEvent;
import io.swarmledger.query.search.FoundEvents;
import io.swarmledger.query.search.SearchEvents;
import java.beans.PropertyEditorSupport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
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

    /** Times are the range's, which reads what people type. */
    @InitBinder("eventFilter")
    void leaveTimes(WebDataBinder binder) {
        binder.registerCustomEditor(Moment.class, new PropertyEditorSupport() {
            @Override
            public void setAsText(String typed) {
                setValue(null);
            }
        });
    }

    /**
     * The list.
     *
     * @param q something to be found by its id, type or position, or words that events have in them
     * @param failures of a search only what says that something failed
     * @param event the id of the one whose JSON is shown
     */
    @GetMapping("/events")
    String page(
            @ModelAttribute EventFilter filter,
            @ModelAttribute @Without("offset") EventPage part,
            @RequestParam(required = false) String q,
            @RequestParam(defaultValue = "false") boolean failures,
            @RequestParam(required = false) String event,
            Model page) {
        String words = Given.orNull(q);
        String called = words == null ? null : search.addressOf(words);
        if (called != null) {
            Range range = Range.current();
            return "redirect:"
                    + Address.of(called)
                            .with(Range.AFTER, range.after().typed())
                            .with(Range.BEFORE, range.before().typed());
        }
        boolean newestFirst = part.order() != Order.asc;
        Range range = Range.current();
        FindEvents query = query(
                filter.filledIn().within(range.after().moment(), range.before().moment()), part, newestFirst);
        boolean isSearch = words != null || failures;
        Search searched = isSearch ? search(new SearchEvents(words, failures, query)) : Search.NONE;
        page.addAttribute("events", isSearch ? searched.events() : gateways.page(query, RecordedEvent.class, null))
                .addAttribute("searched", searched)
                .addAttribute("isSearch", isSearch)
                .addAttribute("words", words)
                .addAttribute("failures", failures)
                .addAttribute("filter", filter)
                .addAttribute("newestFirst", newestFirst)
                // New events appear at the top of what is shown.
                .addAttribute(
                        "tail", !isSearch && newestFirst && Given.orNull(part.cursor()) == null && range.to() == null)
                .addAttribute("types", types.eventTypes())
                .addAttribute("aggregateTypes", aggregates.names())
                .addAttribute("opened", opened(Given.orNull(event)));
        return "events";
    }

    /**
     * What a search found.
     *
     * @param matches by position
     * @param refusal what is wrong with the words; {@code null} for nothing
     * @param partly events of which only the beginning is searched
     */
    record Search(Page<RecordedEvent> events, Map<Long, List<FoundEvent.Match>> matches, String refusal, long partly) {

        private static final Search NONE = new Search(new Page<>(List.of(), 0, true, null), Map.of(), null, 0);
    }

    private Search search(SearchEvents query) {
        try {
            FoundEvents found = gateways.ask(query, FoundEvents.class, null);
            Map<Long, List<FoundEvent.Match>> matches = new HashMap<>();
            found.page().items().forEach(event -> matches.put(event.event().position(), event.matches()));
            return new Search(found.page().map(FoundEvent::event), matches, null, found.partly());
        } catch (InvalidQuery refused) {
            if (!refused.field().equals("q")) {
                throw refused;
            }
            return new Search(Search.NONE.events(), Map.of(), refused.getMessage(), 0);
        }
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
