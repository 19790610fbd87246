package io.swarmledger.app.imports;

/**
 * What an import did.
 *
 * @param added events that are new in the ledger
 * @param alreadyThere events of the file that the ledger had, with the same content
 * @param snapshots snapshots that are new in the ledger or newer than its own of that aggregate
 */
public record Imported(long added, long alreadyThere, long snapshots) {}
