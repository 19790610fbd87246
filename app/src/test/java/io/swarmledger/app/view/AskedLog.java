package io.swarmledger.app.view;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.query.LedgerQuery;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;

/** A log without a ledger around it, and the gateway to one handler of questions about it. */
final class AskedLog implements AutoCloseable {

    private final LogFile log;
    private final QueryGateway queries;

    private AskedLog(LogFile log, Object handler) {
        this.log = log;
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        new AnnotationQueryHandlerAdapter<>(handler).subscribe(bus);
        this.queries = DefaultQueryGateway.builder().queryBus(bus).build();
    }

    static AskedLog in(Path directory, Function<LogFile, Object> handler) {
        LogFile log = LogFile.open(directory.resolve("events.db"), Clock.systemUTC());
        return new AskedLog(log, handler.apply(log));
    }

    void append(EventRow... events) throws Exception {
        log.writer().append(List.of(events));
    }

    /** The answer, or the refusal as it is. */
    <R> R ask(LedgerQuery query, Class<R> answer) {
        try {
            return queries.query(query, answer).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
