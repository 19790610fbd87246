-- How an agent is, and what it works on, so that both can be asked for.
ALTER TABLE agent_state ADD COLUMN stoppedAt NUMERIC;
ALTER TABLE agent_state ADD COLUMN failuresInARow INTEGER;
ALTER TABLE agent_state ADD COLUMN lastHeardAt NUMERIC;
ALTER TABLE agent_state ADD COLUMN currentTask TEXT;

CREATE INDEX agent_state_by_health ON agent_state (generation, swarmId, stoppedAt, failuresInARow, status, lastHeardAt);
