package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.command.SnapshotsOfOwnStreams;
import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.door.EventPage;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.door.NotThere;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.Without;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.GetSnapshot;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.log.StoredSnapshot;
import io.swarmledger.query.timetravel.GetWhy;
import io.swarmledger.query.timetravel.Why;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked about one stream of events, whatever it is the stream of. */
@Tag(name = "aggregates")
@RestController
@RequestMapping(path = "/api/aggregates", produces = MediaType.APPLICATION_JSON_VALUE)
class AggregateReads {

    private final Gateways gateways;
    private final SnapshotsOfOwnStreams snapshots;
    private final AggregateTypes aggregates;

    AggregateReads(Gateways gateways, SnapshotsOfOwnStreams snapshots, AggregateTypes aggregates) {
        this.gateways = gateways;
        this.snapshots = snapshots;
        this.aggregates = aggregates;
    }

    @Operation(summary = "The events of one aggregate, in the order of their positions")
    @GetMapping("/{id}/events")
    Page<RecordedEvent> getHistory(
            @PathVariable String id,
            @ModelAttribute @Without({"aggregateId", "aggregateType"}) EventFilter filter,
            @ModelAttribute EventPage page,
            @RequestParam(required = false) Long minPosition) {
        Page<RecordedEvent> history = gateways.page(filter.of(id).query(page), RecordedEvent.class, minPosition);
        if (history.total() == 0) {
            // Of a stream that is there, the filter may have left nothing.
            birthOf(id);
        }
        return history;
    }

    private RecordedEvent birthOf(String id) {
        FindEvents birth = FindEvents.of(id).with(query -> query.limit(1));
        return gateways.page(birth, RecordedEvent.class, null).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotThere("aggregate " + id));
    }

    @AnyId
    @GetMapping("/events")
    Page<RecordedEvent> getHistoryOfAnyId(
            @RequestParam String id,
            @ModelAttribute @Without({"aggregateId", "aggregateType"}) EventFilter filter,
            @ModelAttribute EventPage page,
            @RequestParam(required = false) Long minPosition) {
        return getHistory(id, filter, page, minPosition);
    }

    @Operation(summary = "What an aggregate is like now, or was like then")
    @GetMapping("/{id}/state")
    StateThen getState(
            @PathVariable String id,
            @RequestParam(required = false) Long version,
            @RequestParam(required = false) Moment at,
            @RequestParam(required = false) Long minPosition) {
        return gateways.get(
                new StateOf(id, version, Moment.millisOf(at)), StateThen.class, minPosition, "aggregate " + id);
    }

    @AnyId
    @GetMapping("/state")
    StateThen getStateOfAnyId(
            @RequestParam String id,
            @RequestParam(required = false) Long version,
            @RequestParam(required = false) Moment at,
            @RequestParam(required = false) Long minPosition) {
        return getState(id, version, at, minPosition);
    }

    @Operation(summary = "Why a field of an aggregate's state is what it is: the event that made it so, and its causes")
    @GetMapping("/{id}/why")
    Why getWhy(
            @PathVariable String id,
            @RequestParam(required = false) String field,
            @RequestParam(required = false) Long position,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) Long minPosition) {
        return gateways.get(new GetWhy(id, field, position, limit), Why.class, minPosition, "aggregate " + id);
    }

    @AnyId
    @GetMapping("/why")
    Why getWhyOfAnyId(
            @RequestParam String id,
            @RequestParam(required = false) String field,
            @RequestParam(required = false) Long position,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) Long minPosition) {
        return getWhy(id, field, position, limit, minPosition);
    }

    @Operation(summary = "The latest snapshot of an aggregate")
    @GetMapping("/{id}/snapshot")
    StoredSnapshot getSnapshot(@PathVariable String id, @RequestParam(required = false) Long minPosition) {
        return gateways.get(new GetSnapshot(id), StoredSnapshot.class, minPosition, "snapshot of aggregate " + id);
    }

    @AnyId
    @GetMapping("/snapshot")
    StoredSnapshot getSnapshotOfAnyId(@RequestParam String id, @RequestParam(required = false) Long minPosition) {
        return getSnapshot(id, minPosition);
    }

    @Operation(summary = "Takes a snapshot of an aggregate now")
    @PostMapping("/{id}/snapshot")
    @ResponseStatus(HttpStatus.CREATED)
    StoredSnapshot takeSnapshot(@PathVariable String id) {
        String type = birthOf(id).aggregateType();
        snapshots.takeNow(
                aggregates
                        .of(type)
                        .orElseThrow(() -> InvalidQuery.outOfRange(
                                "id", id + " is of type " + type + ", of which nothing but its events is known")),
                id);
        return getSnapshot(id, null);
    }

    @AnyId
    @PostMapping("/snapshot")
    @ResponseStatus(HttpStatus.CREATED)
    StoredSnapshot takeSnapshotOfAnyId(@RequestParam String id) {
        return takeSnapshot(id);
    }
}
