package io.swarmledger.query.view;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Fold;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One of the four read models: which events it folds, how, and how its states lie in a table.
 *
 * @param type of its things: agent, task, memory or swarm
 * @param birth the type of the events that each thing begins with, and begins anew
 * @param feature the sealed interface of the events that it folds
 * @param swarmId the swarm that a state belongs to
 * @param status what a state is counted under
 * @param statuses every status that the fold gives by itself, in the order in which they are shown
 * @param isMember whether a state is one of those that its swarm has at work; {@code null} where a swarm has none of that
 *     type
 * @param gone those under which a thing is counted that a list does not show unless it is asked for what is gone too
 */
public record ReadModel<S>(
        String type,
        String birth,
        Class<? extends LedgerEvent> feature,
        Fold<S> fold,
        ViewTable<S> table,
        Function<S, String> swarmId,
        Function<S, String> status,
        List<String> statuses,
        List<String> gone,
        Predicate<S> isMember) {

    /** Whether a list shows the state that is not asked for what is gone. */
    public boolean isThere(S state) {
        return !gone.contains(status.apply(state));
    }

    /** The state if there is one and a list shows it, or else {@code null}. */
    public S ifThere(S state) {
        return state != null && isThere(state) ? state : null;
    }
}
