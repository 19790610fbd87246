-- Axon's token store and dead-letter queue, under Axon's default names, in the file of the views: rows and token are
-- one transaction.
CREATE TABLE TokenEntry (
    processorName TEXT    NOT NULL,
    segment       INTEGER NOT NULL,
    token         BLOB,
    tokenType     TEXT,
    timestamp     TEXT,
    owner         TEXT,
    PRIMARY KEY (processorName, segment)
) WITHOUT ROWID;

CREATE TABLE DeadLetterEntry (
    deadLetterIdentifier TEXT    NOT NULL PRIMARY KEY,
    processingGroup     TEXT    NOT NULL,
    sequenceIdentifier  TEXT    NOT NULL,
    sequenceIndex       INTEGER NOT NULL,
    messageType         TEXT    NOT NULL,
    eventIdentifier     TEXT    NOT NULL,
    timeStamp           TEXT    NOT NULL,
    payloadType         TEXT    NOT NULL,
    payloadRevision     TEXT,
    payload             BLOB    NOT NULL,
    metaData            BLOB,
    type                TEXT,
    aggregateIdentifier TEXT,
    sequenceNumber      INTEGER,
    tokenType           TEXT,
    token               BLOB,
    enqueuedAt          TEXT    NOT NULL,
    lastTouched         TEXT,
    processingStarted   TEXT,
    causeType           TEXT,
    causeMessage        TEXT,
    diagnostics         BLOB,
    UNIQUE (processingGroup, sequenceIdentifier, sequenceIndex)
);

CREATE INDEX dead_letter_by_touch ON DeadLetterEntry (processingGroup, lastTouched);
