package io.swarmledger.commands;

/**
 * What the command gateway answers once the event is on disk.
 *
 * @param id the event's id: the caller's own, or the UUIDv7 that the ledger made
 * @param aggregateId the stream that it was appended to
 * @param version its place within that stream, from 1
 * @param position its place in the one global order, from 1
 */
public record Appended(String id, String aggregateId, long version, long position) {}
