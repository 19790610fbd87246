package io.swarmledger.query.timetravel;

import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.trace.Link;
import java.util.List;

/**
 * Why a field of an aggregate's state is what it is, as its own events tell it.
 *
 * @param value what it is, {@code null} if nothing
 * @param before what it was until then, {@code null} if nothing
 * @param event that made it what it is, {@code null} if none ever did
 * @param causes of that event back to the root, the nearest first: how each is known is said
 * @param isWhole whether there are no more causes than these
 */
public record Why(
        String aggregateId,
        String aggregateType,
        String field,
        Object value,
        Object before,
        RecordedEvent event,
        List<Link> causes,
        boolean isWhole) {}
