CREATE TABLE agent_state (
    generation INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    swarmId    TEXT    NOT NULL,
    status     TEXT,
    domain     TEXT,
    role       TEXT,
    state      TEXT    NOT NULL, -- JSON; of the lists their sizes
    PRIMARY KEY (generation, id)
);

CREATE INDEX agent_state_by_swarm ON agent_state (generation, swarmId, id);
CREATE INDEX agent_state_by_status ON agent_state (generation, status, id);
CREATE INDEX agent_state_by_domain ON agent_state (generation, domain, id);
CREATE INDEX agent_state_by_role ON agent_state (generation, role, id);
