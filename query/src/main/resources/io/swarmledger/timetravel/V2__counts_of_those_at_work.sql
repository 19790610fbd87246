-- The latest time until a position is asked of the log, which has it.
DROP TABLE Latest;
ALTER TABLE Progress DROP COLUMN latest;

-- Whether an agent has completed a task already is looked up for each completion that nobody had assigned.
CREATE INDEX item_by_itself ON Item (thing, item) WHERE list = 'completedTasks';

-- How many things of a model and a swarm had a status, after each position that changed it. Without a status: how many of
-- them it had at work. What an index of before counted is of another format, and made anew.
DROP TABLE Tally;
CREATE TABLE Tally (
    tally  INTEGER PRIMARY KEY,
    model  INTEGER NOT NULL,
    swarm  INTEGER NOT NULL,
    status TEXT,
    UNIQUE (model, swarm, status)
);
