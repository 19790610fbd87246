-- Views that not every ledger has: their tables are made by whoever declares them, and made anew when they are declared
-- otherwise.
CREATE TABLE OwnView (
    projection  TEXT NOT NULL PRIMARY KEY,
    declaration TEXT NOT NULL,
    ddl         TEXT NOT NULL -- a statement a line
) WITHOUT ROWID;
