package io.swarmledger.query.trace;

import io.swarmledger.query.log.RecordedEvent;
import java.util.List;

/**
 * What caused an event and what it led to.
 *
 * @param causes back to the root, the nearest first
 * @param effects forward, the nearest first
 * @param isWhole whether there are no more links than these
 */
public record Trace(RecordedEvent event, List<Link> causes, List<Link> effects, boolean isWhole) {}
