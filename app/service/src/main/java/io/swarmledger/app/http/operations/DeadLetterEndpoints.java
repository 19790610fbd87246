package io.swarmledger.app.http.operations;

import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.view.DeadLetterDesk;
import io.swarmledger.app.view.DeadLetterDesk.Letter;
import io.swarmledger.app.view.DeadLetterDesk.Retried;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.log.GetEvent;
import io.swarmledger.query.log.RecordedEvent;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events that a projection could not apply, and those of the same aggregate that wait behind them. */
@RestController
@RequestMapping("/api/projections/{name}/dead-letters")
class DeadLetterEndpoints {

    private static final int MAX_LIMIT = 1_000;

    private final DeadLetterDesk desk;
    private final Operations operations;
    private final Gateways gateways;

    DeadLetterEndpoints(DeadLetterDesk desk, Operations operations, Gateways gateways) {
        this.desk = desk;
        this.operations = operations;
        this.gateways = gateways;
    }

    /**
     * A dead letter.
     *
     * @param sequence the id of the aggregate; its letters wait for each other
     * @param first whether it is the one that the others of its sequence wait for
     * @param event as the log has it, {@code null} if the log has it no more
     * @param cause why it could not be applied, {@code null} if it only waits
     * @param enqueuedAt epoch milliseconds
     * @param lastTouched epoch milliseconds
     */
    record DeadLetter(
            String id,
            String sequence,
            boolean first,
            RecordedEvent event,
            Cause cause,
            long enqueuedAt,
            long lastTouched) {}

    /** A failure. */
    record Cause(String type, String message) {}

    @GetMapping
    Page<DeadLetter> list(
            @PathVariable String name,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor) {
        return desk.page(name, Paging.limit(limit, MAX_LIMIT), cursor).map(this::shown);
    }

    private DeadLetter shown(Letter letter) {
        return new DeadLetter(
                letter.id(),
                letter.sequence(),
                letter.first(),
                gateways.ask(new GetEvent(letter.eventId()), RecordedEvent.class, null),
                letter.causeType() == null ? null : new Cause(kindOf(letter.causeType()), letter.causeMessage()),
                letter.enqueuedAt().toEpochMilli(),
                letter.lastTouched().toEpochMilli());
    }

    /** What is shown bears no name of a class. */
    private static String kindOf(String causeType) {
        return causeType.substring(causeType.lastIndexOf('.') + 1);
    }

    /** Applies the events of the letter's sequence from its first on, until one fails again. */
    @PostMapping("/{id}/retry")
    Retried retry(@PathVariable String name, @PathVariable String id) {
        return desk.retry(name, id);
    }

    /** The same for every sequence, as an operation. */
    @PostMapping("/retry")
    ResponseEntity<Operation.Status> retryAll(@PathVariable String name) {
        return OperationEndpoints.followed(operations.begin(
                "retry-dead-letters",
                desk.sequences(name),
                operation -> desk.retryAll(name, operation, operation::isStopped)));
    }

    /** Takes a letter away: its event is never applied to this view, unless a replay comes to it again. */
    @DeleteMapping("/{id}")
    ResponseEntity<Void> discard(@PathVariable String name, @PathVariable String id) {
        desk.discard(name, id);
        return ResponseEntity.noContent().build();
    }
}
