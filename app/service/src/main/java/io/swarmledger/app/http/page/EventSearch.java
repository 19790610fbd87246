package io.swarmledger.app.http.page;

import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.GetEvent;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.view.Positions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Finds what somebody has an id, a type or a position of. */
@Component
final class EventSearch {

    private final Gateways gateways;
    private final Positions positions;

    EventSearch(Gateways gateways, Positions positions) {
        this.gateways = gateways;
        this.positions = positions;
    }

    /** Where the event log shows it; {@code null} if nothing is called that. */
    String addressOf(String wanted) {
        String digits = wanted.replaceAll("[#\\s,\\u2009]", "");
        if (digits.matches("\\d{1,18}")
                && Long.parseLong(digits) >= 1
                && Long.parseLong(digits) <= positions.of(LedgerQuery.LOG)) {
            return "/events?order=asc&afterPosition=" + (Long.parseLong(digits) - 1);
        }
        if (gateways.ask(new GetEvent(wanted), RecordedEvent.class, null) != null) {
            return address("event", wanted);
        }
        Map<String, FindEvents> questions = new LinkedHashMap<>();
        questions.put("aggregateId", FindEvents.of(wanted));
        questions.put("type", FindEvents.all().withTypes(List.of(wanted)));
        questions.put("swarmId", FindEvents.all().withSwarmId(wanted));
        questions.put("correlationId", FindEvents.all().withCorrelationId(wanted));
        return questions.entrySet().stream()
                .filter(question -> isAnyOf(question.getValue()))
                .map(question -> address(question.getKey(), wanted))
                .findFirst()
                .orElse(null);
    }

    private boolean isAnyOf(FindEvents query) {
        return !gateways.page(query.withLimit(1), RecordedEvent.class, null)
                .items()
                .isEmpty();
    }

    private static String address(String parameter, String value) {
        return UriComponentsBuilder.fromPath("/events")
                .queryParam(parameter, "{value}")
                .encode()
                .buildAndExpand(value)
                .toUriString();
    }
}
