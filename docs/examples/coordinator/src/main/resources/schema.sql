-- Where Axon keeps how far its processors are.
CREATE TABLE TokenEntry (
    processorName VARCHAR(255) NOT NULL,
    segment INTEGER NOT NULL,
    token BLOB,
    tokenType VARCHAR(255),
    timestamp VARCHAR(255),
    owner VARCHAR(255),
    PRIMARY KEY (processorName, segment)
);

CREATE TABLE WorkDone (
    agent VARCHAR(255) PRIMARY KEY,
    tasks INTEGER NOT NULL
);
