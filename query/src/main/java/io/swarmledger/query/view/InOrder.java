package io.swarmledger.query.view;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/**
 * What waits behind an event that a view cannot take in: the later ones of its aggregate. Nothing waits for one that another
 * aggregate tells of a thing: those say the same in any order.
 *
 * @param model whose view it is
 */
public record InOrder(ReadModel<?> model) implements SequencingPolicy<EventMessage<?>> {

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> told && !model.beside().containsKey(event.getPayloadType())
                ? told.getAggregateIdentifier()
                : event.getIdentifier();
    }
}
