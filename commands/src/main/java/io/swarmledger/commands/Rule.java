package io.swarmledger.commands;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import java.util.List;
import java.util.Optional;

/**
 * What must hold between a state and the event that is to follow it. Rules judge new commands alone: history may have
 * broken every one of them.
 *
 * @param <S> the aggregate that it judges
 */
@FunctionalInterface
public interface Rule<S> {

    /** What is wrong with {@code proposed} after {@code state}; empty if it may follow. */
    Optional<String> objection(S state, LedgerEvent proposed);

    /** The name under which a refusal reports it. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * Every rule that {@code proposed} breaks, in the order of the rules.
     *
     * @throws RuleFailed if one of them can say neither
     */
    static <S> List<Violation> judge(List<Rule<S>> rules, S state, LedgerEvent proposed) {
        return rules.stream()
                .flatMap(rule ->
                        objection(rule, state, proposed).map(detail -> new Violation(rule.name(), detail)).stream())
                .toList();
    }

    private static <S> Optional<String> objection(Rule<S> rule, S state, LedgerEvent proposed) {
        try {
            return rule.objection(state, proposed);
        } catch (RuntimeException failure) {
            throw new RuleFailed(rule.name(), EventTypes.nameOf(proposed), failure);
        }
    }

    /** {@code detail} where the rule is broken, nothing where it holds. */
    static Optional<String> brokenIf(boolean broken, String detail) {
        return broken ? Optional.of(detail) : Optional.empty();
    }
}
