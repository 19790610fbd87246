package io.swarmledger.query;

import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;

/**
 * Reading what one wrote: {@code queries.query(AtLeast.position(appended.position(), new GetAgent("agent-1")),
 * AgentView.class)} waits until the read model has seen that position, and is refused with {@link ViewBehind} if that
 * takes too long.
 */
public final class AtLeast {

    /** The metadata entry that holds the position. */
    public static final String MIN_POSITION = "minPosition";

    private AtLeast() {}

    /** The query, to be answered by a read model that has seen {@code position}. */
    public static Message<LedgerQuery> position(long position, LedgerQuery query) {
        return new GenericMessage<>(query, MetaData.with(MIN_POSITION, position));
    }
}
