-- How many of a swarm have which status is counted in these alone.
DROP INDEX agent_state_by_swarm;
CREATE INDEX agent_state_by_swarm ON agent_state (generation, swarmId, id, status);
DROP INDEX task_history_by_swarm;
CREATE INDEX task_history_by_swarm ON task_history (generation, swarmId, id, status);
