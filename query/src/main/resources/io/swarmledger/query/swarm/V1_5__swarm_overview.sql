CREATE TABLE swarm_overview (
    generation INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    swarmId    TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    state      TEXT    NOT NULL, -- JSON; of the milestones their number
    PRIMARY KEY (generation, id)
);

CREATE INDEX swarm_overview_by_swarm ON swarm_overview (generation, swarmId, id);
CREATE INDEX swarm_overview_by_status ON swarm_overview (generation, status, id);
