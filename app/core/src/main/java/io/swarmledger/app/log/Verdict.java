package io.swarmledger.app.log;

import java.util.List;

/**
 * What was found.
 *
 * @param events how many were checked
 * @param head the last position
 * @param firstBadPosition the first position at which something is wrong; {@code null} if nothing is, or no one
 *     position is to blame
 * @param problems what is wrong, in words; empty if nothing is
 */
public record Verdict(boolean ok, long events, long head, Long firstBadPosition, List<String> problems) {}
