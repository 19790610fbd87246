-- Axon's token store, under Axon's default names, for event processors that are not the ledger's own.
CREATE TABLE TokenEntry (
    processorName TEXT    NOT NULL,
    segment       INTEGER NOT NULL,
    token         BLOB,
    tokenType     TEXT,
    timestamp     TEXT,
    owner         TEXT,
    PRIMARY KEY (processorName, segment)
) WITHOUT ROWID;

-- The ledger whose events they are positions in.
CREATE TABLE TokensOf (
    ledgerId TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID;
