package io.swarmledger.query.log;

import java.util.List;

/**
 * An event without its payload, of which some texts alone are told.
 *
 * @param timestamp epoch milliseconds
 * @param causationId of the event that it names as its cause, {@code null} if it names none
 * @param texts what the payload has under the names that were asked for, in their order: texts as they are, anything else
 *     as JSON, {@code null} where it has none or is no JSON
 */
public record Excerpt(
        long position,
        String id,
        String type,
        String aggregateId,
        double timestamp,
        String swarmId,
        String causationId,
        List<String> texts) {}
