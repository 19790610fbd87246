package io.swarmledger.query.failure;

import java.util.List;

/** The events that say that something failed. */
public final class FailureTypes {

    /** All of them; each has its message in the field {@code error}. */
    public static final List<String> ALL = List.of("agent:failed", "task:failed", "swarm:error");

    private FailureTypes() {}
}
