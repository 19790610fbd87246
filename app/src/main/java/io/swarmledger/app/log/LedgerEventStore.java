package io.swarmledger.app.log;

import io.swarmledger.app.worker.Workers;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.monitoring.MessageMonitor;

/** Axon's event store on the ledger's log, whose followers share an {@link EventTail}. */
public final class LedgerEventStore extends AbstractEventStore implements Lifecycle {

    private final EventTail tail;

    /**
     * A store of what is in {@code engine}.
     *
     * @param eventsInMemory how many of the newest events are kept for followers; one may have a megabyte
     */
    public LedgerEventStore(
            EventStorageEngine engine,
            int eventsInMemory,
            MessageMonitor<? super EventMessage<?>> monitor,
            EventBusSpanFactory spans,
            Workers workers) {
        super(new Builder(engine, monitor, spans));
        tail = new EventTail(engine, eventsInMemory, workers);
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
        return new TailStream(tail, token);
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
