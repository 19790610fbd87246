CREATE TABLE memory_index (
    generation     INTEGER NOT NULL,
    id             TEXT    NOT NULL,
    swarmId        TEXT    NOT NULL,
    namespace      TEXT,
    type           TEXT,
    isDeleted      INTEGER NOT NULL,
    size           INTEGER,
    accessCount    INTEGER NOT NULL,
    lastAccessedAt NUMERIC NOT NULL,
    state          TEXT    NOT NULL, -- JSON
    PRIMARY KEY (generation, id)
);

CREATE INDEX memory_index_by_swarm ON memory_index (generation, swarmId, id);
CREATE INDEX memory_index_by_presence ON memory_index (generation, isDeleted, id);
CREATE INDEX memory_index_by_namespace ON memory_index (generation, namespace, id);
CREATE INDEX memory_index_by_type ON memory_index (generation, type, id);
CREATE INDEX memory_index_sizes ON memory_index (generation, isDeleted, namespace, size, swarmId);
CREATE INDEX memory_index_hot ON memory_index (generation, isDeleted, accessCount DESC, lastAccessedAt DESC, id);
CREATE INDEX memory_index_cold ON memory_index (generation, isDeleted, lastAccessedAt, id);
