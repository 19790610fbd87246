package io.swarmledger.query.timetravel;

import java.util.List;

/**
 * What one thing adds to a number, and the events that say so.
 *
 * @param value of the field that is counted or summed
 * @param events that made it so, in the log's order: of what adds up each one since the thing began anew, otherwise the
 *     last one that set it; none if the field has the value that it began with
 */
public record Evidence(String id, Object value, List<EventRef> events) {}
