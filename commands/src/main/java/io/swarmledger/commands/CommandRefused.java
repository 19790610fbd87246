package io.swarmledger.commands;

/** Nothing was appended; the message says what was wrong and where. */
public abstract sealed class CommandRefused extends RuntimeException
        permits MalformedCommand, UnknownAggregate, IdBelongsToAnotherType, VersionConflict, RuleBroken {

    private static final int LONGEST = 500;

    CommandRefused(String message) {
        super(plain(message));
    }

    /**
     * Refusals end up in terminals and logs, and tell of callers' values and of imported states: what could steer those
     * is shown as ?, and what is too long to read is cut.
     */
    static String plain(String text) {
        StringBuilder visible = new StringBuilder();
        text.chars().limit(LONGEST).forEach(c -> visible.append(c >= ' ' && c < 127 ? (char) c : '?'));
        return text.length() > LONGEST ? visible.append("...").toString() : visible.toString();
    }
}
