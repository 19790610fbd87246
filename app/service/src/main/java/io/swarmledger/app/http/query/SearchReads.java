package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.door.EventPage;
import io.swarmledger.app.door.Order;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.Without;
import io.swarmledger.query.search.FoundEvents;
import io.swarmledger.query.search.SearchEvents;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be found by its words. */
@Tag(name = "search")
@RestController
class SearchReads {

    private final Gateways gateways;

    SearchReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "The events that have these words in them, the newest first, each with where they are")
    @GetMapping(path = "/api/search", produces = MediaType.APPLICATION_JSON_VALUE)
    FoundEvents search(
            @RequestParam(required = false) String q,
            @RequestParam(defaultValue = "false") boolean failures,
            @ModelAttribute EventFilter filter,
            @ModelAttribute @Without("offset") EventPage page,
            @RequestParam(required = false) Long minPosition) {
        return gateways.ask(of(q, failures, filter, page), FoundEvents.class, minPosition);
    }

    private static SearchEvents of(String q, boolean failures, EventFilter filter, EventPage page) {
        return new SearchEvents(q, failures, filter.query(page).withDescending(page.order() != Order.asc));
    }
}
