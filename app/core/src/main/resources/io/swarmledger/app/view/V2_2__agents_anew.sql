-- The states of before do not say how an agent is: they are made anew from the log.
DELETE FROM agent_state;
DELETE FROM GrownItem WHERE projection = 'agent-state';
DELETE FROM Projection WHERE name = 'agent-state';
DELETE FROM TokenEntry WHERE processorName = 'agent-state';
DELETE FROM DeadLetterEntry WHERE processingGroup = 'agent-state';
