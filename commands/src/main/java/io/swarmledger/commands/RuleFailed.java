package io.swarmledger.commands;

/** A rule threw something instead of saying whether an event may follow. Nothing was appended; the rule is to be mended. */
public final class RuleFailed extends RuntimeException {

    RuleFailed(String rule, String eventType, RuntimeException cause) {
        super(
                "The rule " + rule + " threw " + CommandRefused.plain(cause.toString()) + " when it judged a "
                        + eventType + ": nothing was written",
                cause);
    }
}
