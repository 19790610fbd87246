package io.swarmledger.app.architecture.broken.commands.task;

/** What the agent's package must not know. */
public record AnotherFeature() {}
