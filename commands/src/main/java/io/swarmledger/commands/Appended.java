package io.swarmledger.commands;

/** stub until merge */
public record Appended(String id, String aggregateId, long version, long position) {}
