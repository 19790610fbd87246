-- Which words are in which event. Made from the log alone; it may be deleted at any time. The texts themselves are in the
-- log and not here a second time: a row is the position of an event.

-- One row: whose log this is an index of, and how much of it.
CREATE TABLE Progress (
    ledgerId TEXT    NOT NULL,
    format   INTEGER NOT NULL, -- of what the program writes here; an index of another one is made anew
    position INTEGER NOT NULL, -- what it has seen of the log
    partly   INTEGER NOT NULL  -- events of which only the beginning is in it
);

CREATE VIRTUAL TABLE EventWords USING fts5(
    id, type, agent, task, memory, swarm, role, title, tool, model, error, text, mark,
    content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
