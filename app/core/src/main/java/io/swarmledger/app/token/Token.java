package io.swarmledger.app.token;

/**
 * A token as it is kept: what its holder presents cannot be told from it.
 *
 * @param name under which its holder's events are recorded
 * @param hash the SHA-256 of what its holder presents, in hexadecimal digits
 * @param createdAt epoch milliseconds
 */
public record Token(String name, Role role, String hash, long createdAt) {}
