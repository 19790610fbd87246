package io.swarmledger.app.exports;

/** How much an export wrote. */
public record Exported(long events, long snapshots) {}
