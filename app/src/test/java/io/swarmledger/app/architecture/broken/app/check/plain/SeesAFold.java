package io.swarmledger.app.architecture.broken.app.check.plain;

import io.swarmledger.app.architecture.broken.query.SeesTheCommandSide;

/** Breaks: a check shares no code with what it checks. */
public record SeesAFold(SeesTheCommandSide fold) {}
