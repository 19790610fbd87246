package io.swarmledger.commands;

import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.serialization.SerializedObject;

/** A stream as an aggregate's repository loads it, from any history and from a snapshot in the middle of one. */
final class Rehydrated {

    static final LedgerSerializer SERIALIZER =
            LedgerSerializer.of(AggregateTypes.ofLedger().storedTypes());

    private final AggregateType type;
    private final AggregateModel<LedgerAggregate> model;

    @SuppressWarnings("unchecked")
    Rehydrated(AggregateType type) {
        this.type = type;
        this.model = AnnotatedAggregateMetaModelFactory.inspectAggregate((Class<LedgerAggregate>) type.root());
    }

    /** A stored stream of that id and type; the n-th event happened n milliseconds after {@link Samples#BEFORE}. */
    static List<DomainEventMessage<?>> stream(String streamType, String id, List<LedgerEvent> history) {
        List<DomainEventMessage<?>> stream = new ArrayList<>();
        for (LedgerEvent event : history) {
            Instant time = Instant.ofEpochMilli((long) Samples.BEFORE + stream.size());
            stream.add(new GenericDomainEventMessage<>(
                    streamType, id, stream.size(), new GenericMessage<>(event), () -> time));
        }
        return stream;
    }

    /** The state after a stream. */
    LedgerAggregate state(List<DomainEventMessage<?>> stream) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        try {
            return load(stream, new ArrayList<>()).getAggregateRoot();
        } finally {
            unitOfWork.rollback();
        }
    }

    /** The state after a stream, as its snapshot would be stored. */
    SerializedObject<String> snapshot(List<DomainEventMessage<?>> stream) {
        return SERIALIZER.serialize(state(stream), String.class);
    }

    /** The stream as a repository reads it that finds a snapshot of its first {@code length} events. */
    List<DomainEventMessage<?>> fromSnapshotAt(int length, List<DomainEventMessage<?>> stream) {
        LedgerAggregate restored = SERIALIZER.deserialize(snapshot(stream.subList(0, length)));
        DomainEventMessage<?> last = stream.get(length - 1);
        List<DomainEventMessage<?>> shortened = new ArrayList<>();
        shortened.add(new GenericDomainEventMessage<>(
                type.type(), last.getAggregateIdentifier(), last.getSequenceNumber(), restored));
        shortened.addAll(stream.subList(length, stream.size()));
        return shortened;
    }

    /** What the aggregate of that stream answers to a command: the event that it appends, or its refusal's words. */
    Object answer(List<DomainEventMessage<?>> stream, LedgerCommand command) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        List<EventMessage<?>> published = new ArrayList<>();
        try {
            load(stream, published)
                    .handle(new GenericCommandMessage<>(
                            command, Envelope.from(null).at(Samples.NOW).toMetaData()));
            return published.stream().map(EventMessage::getPayload).toList();
        } catch (CommandRefused refusal) {
            return refusal.getMessage();
        } catch (Exception failure) {
            throw new AssertionError(command + " was neither answered nor refused", failure);
        } finally {
            unitOfWork.rollback();
        }
    }

    /** The event that the aggregate of that stream appends for a command that is not refused. */
    LedgerEvent appended(List<DomainEventMessage<?>> stream, LedgerCommand command) {
        return (LedgerEvent) ((List<?>) answer(stream, command)).get(0);
    }

    private EventSourcedAggregate<LedgerAggregate> load(
            List<DomainEventMessage<?>> stream, List<EventMessage<?>> published) {
        DomainEventMessage<?> first = stream.get(0);
        EventSourcedAggregate<LedgerAggregate> aggregate = EventSourcedAggregate.initialize(
                new GenericAggregateFactory<>(model).createAggregateRoot(first.getAggregateIdentifier(), first),
                model,
                new Published(published),
                NoSnapshotTriggerDefinition.TRIGGER);
        aggregate.initializeState(DomainEventStream.of(stream));
        return aggregate;
    }

    /** Notes at once what a real store would append when the unit of work commits. */
    private record Published(List<EventMessage<?>> events) implements EventBus {

        @Override
        public void publish(List<? extends EventMessage<?>> published) {
            events.addAll(published);
        }

        @Override
        public Registration subscribe(Consumer<List<? extends EventMessage<?>>> processor) {
            return () -> true;
        }

        @Override
        public Registration registerDispatchInterceptor(
                MessageDispatchInterceptor<? super EventMessage<?>> interceptor) {
            return () -> true;
        }
    }
}
