package io.swarmledger.app.door;

/** What becomes of an event that is posted; the words are the contract's. */
public enum Mode {
    /** Its aggregate decides: what breaks a rule is refused. */
    decide,
    /** It has happened already: it is recorded, and the rules that it breaks are noted in its metadata. */
    observe
}
