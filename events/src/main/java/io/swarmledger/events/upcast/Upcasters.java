package io.swarmledger.events.upcast;

import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/**
 * The way from every older shape of an event to its newest.
 *
 * <p>An upcaster takes one revision of one type to the next, over {@code JsonNode}; the chain runs them in order, so
 * that a new revision needs one upcaster only. The log itself is never rewritten.
 */
public final class Upcasters {

    private Upcasters() {}

    /** All of them, oldest revision first. */
    public static EventUpcasterChain chain() {
        return new EventUpcasterChain(new MemoryStored0To1());
    }
}
