CREATE TABLE OwnTokens (
    processorName VARCHAR(255) NOT NULL,
    segment INTEGER NOT NULL,
    token BLOB,
    tokenType VARCHAR(255),
    timestamp VARCHAR(255),
    owner VARCHAR(255),
    PRIMARY KEY (processorName, segment)
);

CREATE TABLE Seen (
    processor VARCHAR(255) NOT NULL,
    agent VARCHAR(255) NOT NULL,
    again BOOLEAN NOT NULL,
    why VARCHAR(255),
    PRIMARY KEY (processor, agent)
);
