package io.swarmledger.query.suspect;

import java.util.List;
import java.util.stream.Stream;

/** What attempts at tasks are told apart by. */
public enum Attribute {
    /** Who was at work on it. */
    AGENT("agent"),
    /** As what that agent was spawned. */
    ROLE("role"),
    /** Of the task. */
    TYPE("type"),
    /** The how-manieth it was at that task, from 1. */
    ATTEMPT("attempt"),
    /** That was called in it; there may be several. */
    MODEL("model"),
    /** Likewise. */
    TOOL("tool"),
    /** That the swarm had said it was in, at its end. */
    PHASE("phase"),
    /** Of the swarm's time from the first event that is looked at to the last, from 1 to 6, in which it ended. */
    SIXTH("sixth"),
    /** Of the day in which it ended, UTC, from 0 to 23. */
    HOUR("hour");

    /** All of them. */
    public static final List<String> LABELS =
            Stream.of(values()).map(Attribute::label).toList();

    private final String label;

    Attribute(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
