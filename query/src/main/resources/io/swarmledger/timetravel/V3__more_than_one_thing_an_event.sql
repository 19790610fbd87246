-- An event may be told of things of more than one model: whose models they are, by the numbers that they have here. What an
-- index of before has is of another format, and made anew.
CREATE TABLE Model (
    model       INTEGER PRIMARY KEY,
    type        TEXT NOT NULL,
    declaration TEXT NOT NULL
);

DROP TABLE Step;
CREATE TABLE Step (
    position INTEGER NOT NULL,
    thing    INTEGER NOT NULL,
    PRIMARY KEY (position, thing)
) WITHOUT ROWID;

CREATE INDEX step_by_thing ON Step (thing, position);
