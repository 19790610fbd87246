package io.swarmledger.app.architecture.broken.query;

import io.swarmledger.app.architecture.broken.commands.task.AnotherFeature;

/** Breaks: query sees only events. */
public record SeesTheCommandSide(AnotherFeature task) {}
