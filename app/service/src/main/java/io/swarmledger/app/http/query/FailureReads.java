package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.http.DoorPath;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.failure.Failure;
import io.swarmledger.query.failure.Failures;
import io.swarmledger.query.failure.FindAlike;
import io.swarmledger.query.failure.FindFailures;
import io.swarmledger.query.suspect.Attempt;
import io.swarmledger.query.suspect.Differences;
import io.swarmledger.query.suspect.Differences.Difference;
import io.swarmledger.query.suspect.FindAttempts;
import io.swarmledger.query.suspect.FindDifferences;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** What failed. */
@Tag(name = "stats")
@RestController
class FailureReads {

    private final Gateways gateways;

    FailureReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "What failed, alike failures together, those that occurred last first")
    @GetMapping(path = "/api/failures", produces = MediaType.APPLICATION_JSON_VALUE)
    Failures findFailures(
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) String type,
            @RequestParam(required = false) Moment after,
            @RequestParam(required = false) Moment before,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Long minPosition) {
        return gateways.ask(
                new FindFailures(swarmId, type, Moment.millisOf(after), Moment.millisOf(before), limit, cursor),
                Failures.class,
                minPosition);
    }

    @Operation(summary = "Each failure of one group of alike ones, the newest first")
    @GetMapping(path = "/api/failures/alike", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<Failure> findAlike(
            @RequestParam String type,
            @RequestParam String message,
            @RequestParam(required = false) String tool,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) Moment after,
            @RequestParam(required = false) Moment before,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Long minPosition) {
        return gateways.page(
                new FindAlike(
                        type, message, tool, swarmId, Moment.millisOf(after), Moment.millisOf(before), limit, cursor),
                Failure.class,
                minPosition);
    }

    @Operation(
            summary = "What attempts at tasks that failed have in common that those that were completed have not,"
                    + " what differs most surely first")
    @GetMapping(path = "/api/failures/differences", produces = MediaType.APPLICATION_JSON_VALUE)
    WithEvidence<Differences> findDifferences(
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) Moment after,
            @RequestParam(required = false) Moment before,
            @RequestParam(required = false) Long position,
            @RequestParam(required = false) Integer limit,
            @RequestParam(defaultValue = "false") boolean evidence,
            @RequestParam(required = false) Long minPosition) {
        FindDifferences query =
                new FindDifferences(swarmId, Moment.millisOf(after), Moment.millisOf(before), position, limit);
        Differences differences = gateways.ask(query, Differences.class, minPosition);
        return WithEvidence.of(differences, evidence, () -> links(query, differences));
    }

    private static Map<String, String> links(FindDifferences query, Differences differences) {
        Map<String, String> links = new LinkedHashMap<>();
        for (String outcome : Attempt.OUTCOMES) {
            links.put(outcome, link(query, differences, outcome, null, false));
        }
        for (Difference one : differences.items()) {
            String name = one.attribute() + "." + one.value() + ".";
            links.put(name + "failed", link(query, differences, "failed", one, false));
            links.put(name + "completed", link(query, differences, "completed", one, false));
            links.put(name + "otherFailed", link(query, differences, "failed", one, true));
            links.put(name + "otherCompleted", link(query, differences, "completed", one, true));
        }
        return links;
    }

    /** Exactly the attempts that are counted, whatever happens since. */
    private static String link(
            FindDifferences query, Differences differences, String outcome, Difference one, boolean others) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("outcome", outcome);
        filter.put("attribute", one == null ? null : one.attribute());
        filter.put("value", one == null ? null : one.value());
        filter.put("others", others ? "true" : null);
        filter.put("swarmId", query.swarmId());
        filter.put("after", query.after() == null ? null : new Moment(query.after()));
        filter.put("before", query.before() == null ? null : new Moment(query.before()));
        filter.put("position", differences.position());
        filter.values().removeIf(Objects::isNull);
        UriComponentsBuilder link = UriComponentsBuilder.fromPath(DoorPath.outside("/api/failures/attempts"));
        filter.keySet().forEach(name -> link.queryParam(name, "{" + name + "}"));
        return link.encode().buildAndExpand(filter).toUriString();
    }

    @Operation(summary = "The attempts at tasks that are counted there, those that ended last first")
    @GetMapping(path = "/api/failures/attempts", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<Attempt> findAttempts(
            @RequestParam(required = false) String outcome,
            @RequestParam(required = false) String attribute,
            @RequestParam(required = false) String value,
            @RequestParam(required = false) Boolean others,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) Moment after,
            @RequestParam(required = false) Moment before,
            @RequestParam(required = false) Long position,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Long minPosition) {
        return gateways.page(
                new FindAttempts(
                        outcome,
                        attribute,
                        value,
                        others,
                        swarmId,
                        Moment.millisOf(after),
                        Moment.millisOf(before),
                        position,
                        limit,
                        cursor),
                Attempt.class,
                minPosition);
    }
}
