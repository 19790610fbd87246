package io.swarmledger.query.view;

/**
 * Something that a view says otherwise than the log.
 *
 * @param id of the agent, task, memory or swarm
 * @param field of its state, {@code null} if it is not in one of the two at all
 * @param view what the view says, {@code null} for nothing
 * @param log what the log says when it is folded afresh
 */
public record ViewDifference(String id, String field, Object view, Object log) {}
