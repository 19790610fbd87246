-- What each projection has seen of the log, and which of its generations is which. A rebuild fills a generation of its
-- own; the one that queries read stays as it is until the other has seen as much.
CREATE TABLE Projection (
    name       TEXT    NOT NULL PRIMARY KEY,
    live       INTEGER NOT NULL, -- the generation that queries read
    position   INTEGER NOT NULL, -- what that one has seen
    filling    INTEGER NOT NULL, -- the generation that the processor writes; another one only after a reset
    rebuilding INTEGER,          -- the generation that a replay fills beside it, NULL if there is none
    rebuiltTo  INTEGER,          -- what that one has seen
    newest     INTEGER NOT NULL, -- no generation is ever given twice
    oldest     INTEGER NOT NULL  -- of those before it nothing is left
) WITHOUT ROWID;

-- One row: the ledger whose log this is a view of. The views of another one say nothing here.
CREATE TABLE ViewOf (
    ledgerId TEXT NOT NULL
);

-- Lists that only grow, an item a row, so that one more costs the same however long they are.
CREATE TABLE GrownItem (
    projection TEXT    NOT NULL,
    generation INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    list       TEXT    NOT NULL,
    place      INTEGER NOT NULL,
    item       TEXT    NOT NULL, -- JSON
    PRIMARY KEY (projection, generation, id, list, place)
) WITHOUT ROWID;
