package io.swarmledger.query.run;

import io.swarmledger.query.usage.CallSums;

/** An agent, as far as a run has come. */
final class RunAgent {

    final String id;
    String name;
    String role;
    CallSums calls = CallSums.NONE;
    long attempts;
    long completed;
    long failures;
    long errors;
    long failedCalls;

    /** What it works at; {@code null} if nobody knows. */
    String at;

    RunAgent(String id) {
        this.id = id;
    }
}
