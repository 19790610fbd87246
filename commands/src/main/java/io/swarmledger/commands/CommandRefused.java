package io.swarmledger.commands;

/** Nothing was appended; the message says what was wrong and where. */
public abstract sealed class CommandRefused extends RuntimeException
        permits MalformedCommand, UnknownAggregate, IdBelongsToAnotherType, RuleBroken {

    CommandRefused(String message) {
        super(message);
    }
}
