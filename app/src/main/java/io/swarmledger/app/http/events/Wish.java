package io.swarmledger.app.http.events;

import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;

/**
 * What a request to one of the typed commands' paths asks for.
 *
 * @param <E> the event that it asks for
 * @param expectedVersion the version that the aggregate must be at, {@code null} for any
 */
public record Wish<E extends LedgerEvent>(LedgerCommand command, Envelope envelope, Long expectedVersion) {}
