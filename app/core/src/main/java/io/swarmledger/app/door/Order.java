package io.swarmledger.app.door;

/** Which way a list of events goes; the names are those of the contract. */
public enum Order {
    asc,
    desc
}
