CREATE TABLE task_history (
    generation    INTEGER NOT NULL,
    id            TEXT    NOT NULL,
    swarmId       TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    assignedAgent TEXT,
    type          TEXT,
    priority      TEXT,
    duration      NUMERIC,
    state         TEXT    NOT NULL, -- JSON
    PRIMARY KEY (generation, id)
);

CREATE INDEX task_history_by_swarm ON task_history (generation, swarmId, id);
CREATE INDEX task_history_by_status ON task_history (generation, status, id, duration, swarmId);
CREATE INDEX task_history_by_agent ON task_history (generation, assignedAgent, id);
CREATE INDEX task_history_by_type ON task_history (generation, type, id);
CREATE INDEX task_history_by_priority ON task_history (generation, priority, id);
