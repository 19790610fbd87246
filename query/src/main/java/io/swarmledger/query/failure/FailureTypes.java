package io.swarmledger.query.failure;

import java.util.List;
import java.util.stream.Stream;

/** The events that say that something failed; each has its message in the field {@code error}. */
public final class FailureTypes {

    /** Those that say nothing else. */
    public static final List<String> REPORTED = List.of("agent:failed", "task:failed", "swarm:error");

    public static final String TOOL_CALLED = "agent:tool-called";

    static final String MODEL_CALLED = "agent:model-called";

    /** Those that say it only if they have an error. */
    public static final List<String> CALLS = List.of(TOOL_CALLED, MODEL_CALLED);

    /** All of them. */
    public static final List<String> ALL =
            Stream.concat(REPORTED.stream(), CALLS.stream()).toList();

    private FailureTypes() {}
}
