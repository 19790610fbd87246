-- Who started which agent.
ALTER TABLE agent_state ADD COLUMN parentAgentId TEXT;
CREATE INDEX agent_state_by_parent ON agent_state (generation, parentAgentId, id);

-- What agents call, and tasks that are cancelled, were events of no known type: what is here is made anew from the log.
UPDATE ViewOf SET ledgerId = 'none';
