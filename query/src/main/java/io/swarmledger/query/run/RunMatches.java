package io.swarmledger.query.run;

import java.util.Map;

/**
 * What of a run is what in another.
 *
 * @param agents by agent of the first the one that it is in the other; those that match none are not in it
 * @param task the last event there of the task that was looked for; {@code null} if there is none
 */
public record RunMatches(Map<String, String> agents, FindSteps.Step task) {}
