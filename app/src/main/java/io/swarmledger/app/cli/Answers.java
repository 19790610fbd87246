package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.app.wiring.ReadOnlyLedger;
import io.swarmledger.query.LedgerQuery;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.queryhandling.QueryGateway;

/**
 * Asks one question of a ledger. It is read beside whoever holds it; if the view that answers is behind its log, or an older
 * program wrote it, or it is damaged, and nobody holds it, this process does, until the view has caught up.
 */
final class Answers {

    /** A service that is running needs a moment to take in what was just written. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Answers() {}

    static <R> R to(LedgerQuery query, ResponseType<R> answer, DataOption data) {
        ReadOnlyLedger ledger =
                ReadOnlyLedger.of(Path.of(data.directory), Clock.systemUTC(), LedgerProperties.defaults(), PATIENCE);
        if (ledger.isCaughtUp(query, Duration.ZERO)) {
            try {
                return ask(ledger.queries(), query, answer);
            } catch (RuntimeException failure) {
                if (!ReadOnlyLedger.isOfDamage(failure)) {
                    throw failure;
                }
            }
        }
        try (OpenLedger own = OpenLedger.of(data)) {
            return own.reading(() -> {
                own.catchUp(Stream.concat(Stream.of(query.answeredFrom()), query.andFrom().stream())
                        .toList());
                return ask(own.queries(), query, answer);
            });
        } catch (RuntimeException failure) {
            if (LedgerUnavailable.causeOf(failure).isPresent()) {
                if (ledger.isCaughtUp(query, PATIENCE)) {
                    return ask(ledger.queries(), query, answer);
                }
                ledger.requireUndamaged(query);
            }
            throw failure;
        }
    }

    private static <R> R ask(QueryGateway queries, LedgerQuery query, ResponseType<R> answer) {
        return queries.query(query, answer).join();
    }
}
