package io.swarmledger.app.door;

import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.events.LedgerEvent;
import org.axonframework.messaging.MetaData;

/**
 * What a request to one of the typed commands' paths asks for.
 *
 * @param <E> the event that it asks for
 * @param metaData what goes with the command: its envelope, its payload as it was written, and the version that the
 *     aggregate must be at, if any
 */
public record Wish<E extends LedgerEvent>(LedgerCommand command, MetaData metaData) {}
