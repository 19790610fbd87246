package io.swarmledger.app.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.monitoring.MessageMonitor;

/** Axon's event store on the ledger's log, whose followers share a {@link LogTail}. */
public final class LedgerEventStore extends AbstractEventStore implements Lifecycle {

    private final LogTail tail;
    private final RowMessages messages;
    private final Map<String, InFlight> inFlight = new ConcurrentHashMap<>();

    /**
     * A store of what is in {@code engine}.
     *
     * @param tail of the same log; it ends with this store
     */
    public LedgerEventStore(
            EventStorageEngine engine,
            LogTail tail,
            RowMessages messages,
            MessageMonitor<? super EventMessage<?>> monitor,
            EventBusSpanFactory spans) {
        super(new Builder(engine, monitor, spans));
        this.tail = tail;
        this.messages = messages;
    }

    private static final class Builder extends AbstractEventStore.Builder {

        Builder(EventStorageEngine engine, MessageMonitor<? super EventMessage<?>> monitor, EventBusSpanFactory spans) {
            storageEngine(engine);
            messageMonitor(monitor);
            spanFactory(spans);
        }
    }

    /** What follows {@code token}, all of it if that is {@code null}; it says at once that there is more. */
    @Override
    public TrackingEventStream openStream(TrackingToken token) {
        return new TailStream(tail, messages, InFlight.unbounded(), any -> true, token);
    }

    /**
     * The same for an event processor of that name, which is handed no more than it may have in flight until it says that
     * it has {@linkplain #committed committed} some of it.
     *
     * @param wanted what it does something with; of other events it is handed some, which say how far it is
     */
    public StreamableMessageSource<TrackedEventMessage<?>> followedBy(
            String processor, Predicate<EventMessage<?>> wanted) {
        InFlight own = inFlight.computeIfAbsent(processor, name -> new InFlight());
        return new StreamableMessageSource<>() {

            @Override
            public TrackingEventStream openStream(TrackingToken token) {
                return new TailStream(tail, messages, own, wanted, token);
            }

            @Override
            public TrackingToken createTailToken() {
                return LedgerEventStore.this.createTailToken();
            }

            @Override
            public TrackingToken createHeadToken() {
                return LedgerEventStore.this.createHeadToken();
            }

            @Override
            public TrackingToken createTokenAt(Instant time) {
                return LedgerEventStore.this.createTokenAt(time);
            }

            @Override
            public TrackingToken createTokenSince(Duration duration) {
                return LedgerEventStore.this.createTokenSince(duration);
            }
        };
    }

    /** That processor has committed everything up to {@code position}. */
    public void committed(String processor, long position) {
        InFlight own = inFlight.get(processor);
        if (own != null) {
            own.committed(position);
        }
    }

    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {
        tail.appended();
    }

    /**
     * The engine does not read a stream that is to begin, and here it is not looked for either: what many commands share
     * would be gone through once for each of them.
     */
    @Override
    protected Stream<? extends DomainEventMessage<?>> stagedDomainEventMessages(String aggregateId) {
        return NewStreams.has(aggregateId) ? Stream.empty() : super.stagedDomainEventMessages(aggregateId);
    }

    @Override
    public void registerLifecycleHandlers(LifecycleRegistry lifecycle) {
        lifecycle.onShutdown(Phase.INBOUND_EVENT_CONNECTORS - 10, tail::close);
    }
}
