package io.swarmledger.query.timetravel;

import io.swarmledger.query.log.RecordedEvent;
import java.util.List;

/**
 * The first position at which two logs do not say the same.
 *
 * @param position up to the one before they do
 * @param ours the event that this log has there, {@code null} if it ends before
 * @param theirs the event that the other one has there, {@code null} if it ends before
 * @param fields in which the two events differ; empty if one of the logs ends
 */
public record Divergence(long position, RecordedEvent ours, RecordedEvent theirs, List<String> fields) {}
