package io.swarmledger.query.memory;

/**
 * What is stored in one namespace.
 *
 * @param count how many memories
 * @param size bytes, of all of them
 */
public record Namespace(String namespace, long count, long size) {}
