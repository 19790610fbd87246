-- Whether an agent has completed a task already is looked up for each completion that nobody had assigned.
CREATE INDEX grown_item_by_itself ON GrownItem (projection, generation, id, item) WHERE list = 'completedTasks';

-- What is here was folded by other rules, and with other digits: it is made anew from the log.
UPDATE ViewOf SET ledgerId = 'none';
