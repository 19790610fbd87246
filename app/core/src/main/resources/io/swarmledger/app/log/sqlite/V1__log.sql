-- The log. Table and column names are Axon's defaults; the columns after metaData are the ledger's envelope.
CREATE TABLE DomainEventEntry (
    globalIndex         INTEGER PRIMARY KEY AUTOINCREMENT, -- the position; never given twice, without gaps
    eventIdentifier     TEXT    NOT NULL,
    aggregateIdentifier TEXT    NOT NULL,
    sequenceNumber      INTEGER NOT NULL,                  -- the version, minus 1
    type                TEXT,                              -- of the aggregate: agent, task, memory, swarm
    timeStamp           NUMERIC NOT NULL,                  -- epoch milliseconds, fractions as given
    payloadType         TEXT    NOT NULL,                  -- the event type, such as agent:spawned
    payloadRevision     TEXT,
    payload             TEXT    NOT NULL,                  -- JSON, to the character as given
    metaData            TEXT,                              -- JSON, to the character as given, NULL included
    source              TEXT    NOT NULL,
    causationId         TEXT,
    correlationId       TEXT,
    swarmId             TEXT    NOT NULL,
    recordedAt          INTEGER NOT NULL,                  -- epoch milliseconds, the ledger's clock
    recordedBy          TEXT,
    chain               BLOB    NOT NULL                   -- SHA-256 over the link before it and this row
);

CREATE UNIQUE INDEX event_by_identifier ON DomainEventEntry (eventIdentifier);
CREATE UNIQUE INDEX event_by_aggregate ON DomainEventEntry (aggregateIdentifier, sequenceNumber);
CREATE INDEX event_by_aggregate_type ON DomainEventEntry (type);
CREATE INDEX event_by_type ON DomainEventEntry (payloadType);
CREATE INDEX event_by_time ON DomainEventEntry (timeStamp);
CREATE INDEX event_by_version ON DomainEventEntry (sequenceNumber);
CREATE INDEX event_by_swarm ON DomainEventEntry (swarmId);
CREATE INDEX event_by_correlation ON DomainEventEntry (correlationId) WHERE correlationId IS NOT NULL;
CREATE INDEX event_by_causation ON DomainEventEntry (causationId) WHERE causationId IS NOT NULL;

CREATE TABLE SnapshotEventEntry (
    aggregateIdentifier TEXT    NOT NULL,
    sequenceNumber      INTEGER NOT NULL,
    type                TEXT    NOT NULL,
    eventIdentifier     TEXT    NOT NULL,
    timeStamp           NUMERIC NOT NULL,
    payloadType         TEXT    NOT NULL,
    payloadRevision     TEXT,
    payload             TEXT    NOT NULL,
    metaData            TEXT,
    PRIMARY KEY (aggregateIdentifier, sequenceNumber)
) WITHOUT ROWID;

-- Snapshots that came with an imported database. Nothing is ever rebuilt from them; they are kept and shown.
CREATE TABLE ImportedSnapshot (
    aggregateId   TEXT    NOT NULL PRIMARY KEY,
    aggregateType TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    state         TEXT    NOT NULL,
    timestamp     NUMERIC NOT NULL
) WITHOUT ROWID;

-- Acknowledged events that the log lost and an operator let go. Their positions are never given again.
CREATE TABLE AcceptedLoss (
    after        INTEGER NOT NULL, -- the last position that was left
    acknowledged INTEGER NOT NULL, -- the last position that had been acknowledged
    acceptedAt   INTEGER NOT NULL
);

-- One row: who this ledger is. Positions of two ledgers are not comparable.
CREATE TABLE Ledger (
    ledgerId  TEXT    NOT NULL,
    createdAt INTEGER NOT NULL
);
