package io.swarmledger.app.http.page;

import io.swarmledger.app.http.operations.Operation;
import io.swarmledger.app.http.operations.Operation.Status;
import io.swarmledger.app.http.operations.Operations;
import io.swarmledger.app.log.Verdict;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the log's verifications since the service started have found. */
@Component
final class ChainChecks {

    private static final String VERIFY = "verify";

    private final Operations operations;

    ChainChecks(Operations operations) {
        this.operations = operations;
    }

    /**
     * The last one.
     *
     * @param verdict of the last that ended, {@code null} if none has
     * @param at when that was, epoch milliseconds
     * @param running whether another one is under way or waits
     */
    record Last(Verdict verdict, Long at, boolean running) {}

    Last last() {
        boolean running = operations.all().stream()
                .anyMatch(one -> one.kind().equals(VERIFY)
                        && (one.state() == Operation.State.running || one.state() == Operation.State.waiting));
        Optional<Status> ended = operations.all().stream()
                .filter(one -> one.result() instanceof Verdict)
                .findFirst();
        return new Last(
                ended.map(one -> (Verdict) one.result()).orElse(null),
                ended.map(Status::finishedAt).orElse(null),
                running);
    }
}
