package io.swarmledger.query.trace;

import io.swarmledger.query.log.RecordedEvent;

/**
 * One step from an event to one of its causes, or of its effects.
 *
 * @param of the id of the event that the step starts from
 * @param steps how many steps it is from the event that was asked about
 * @param via how the ledger knows
 * @param rule by which it was inferred, or why nothing is known; {@code null} where it was recorded
 * @param event the cause or the effect; {@code null} where it is unknown
 */
public record Link(String of, int steps, Via via, String rule, RecordedEvent event) {

    /** How a link is known. */
    public enum Via {
        /** The event names the other as its cause. */
        recorded,
        /** A rule says so. */
        inferred,
        /** Nothing says what the cause was. */
        unknown
    }
}
