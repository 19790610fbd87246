-- What finds the state of everything at any position without folding the log up to it: where each thing changed, its state
-- every so often, and what was there and counted from when to when. Made from the log alone; it may be deleted at any time.

-- One row: whose log this is an index of, and how much of it.
CREATE TABLE Progress (
    ledgerId TEXT    NOT NULL,
    format   INTEGER NOT NULL, -- of what the program writes here; an index of another one is made anew
    position INTEGER NOT NULL, -- what it has seen of the log
    latest   NUMERIC           -- the latest time of an event until then
);

CREATE TABLE Swarm (
    swarm INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE
);

-- An agent, task, memory or swarm. Numbered in the order of their first events.
CREATE TABLE Thing (
    thing      INTEGER PRIMARY KEY,
    model      INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    unreadable INTEGER, -- the position of its first event that cannot be folded: there its state ends
    UNIQUE (id, model)
);

-- An event that a fold took in.
CREATE TABLE Step (
    position INTEGER PRIMARY KEY,
    thing    INTEGER NOT NULL
);

CREATE INDEX step_by_thing ON Step (thing, position);

-- The state every so many steps; of its lists their sizes.
CREATE TABLE Checkpoint (
    thing    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    state    TEXT    NOT NULL,
    PRIMARY KEY (thing, position)
) WITHOUT ROWID;

-- An item of a list that only grows. At a position it is the latest item of its place until then.
CREATE TABLE Item (
    thing    INTEGER NOT NULL,
    list     TEXT    NOT NULL,
    place    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    item     TEXT    NOT NULL,
    PRIMARY KEY (thing, list, place, position)
) WITHOUT ROWID;

-- From when to when a thing was on a shelf: what is there of a model, or what is gone of it.
CREATE TABLE Presence (
    thing INTEGER NOT NULL,
    since INTEGER NOT NULL, -- the first position
    until INTEGER,          -- the first position behind it, NULL while it lasts
    span  INTEGER NOT NULL, -- 0 while it lasts; then n, for less than 4^n positions and no less than 4^(n-1)
    shelf INTEGER NOT NULL,
    swarm INTEGER NOT NULL,
    PRIMARY KEY (thing, since)
) WITHOUT ROWID;

CREATE INDEX presence_by_shelf ON Presence (shelf, span, since, until);
CREATE INDEX presence_by_swarm ON Presence (shelf, swarm, span, since, until);

-- How many things of a model and a swarm had a status, after each position that changed it.
CREATE TABLE Tally (
    tally  INTEGER PRIMARY KEY,
    model  INTEGER NOT NULL,
    swarm  INTEGER NOT NULL,
    status TEXT    NOT NULL,
    UNIQUE (model, swarm, status)
);

CREATE TABLE Counted (
    tally    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    things   INTEGER NOT NULL,
    PRIMARY KEY (tally, position)
) WITHOUT ROWID;

-- The latest time of all events until a position, every so many positions: it never goes back.
CREATE TABLE Latest (
    position  INTEGER PRIMARY KEY,
    timestamp NUMERIC NOT NULL
);

CREATE INDEX latest_by_time ON Latest (timestamp, position);
