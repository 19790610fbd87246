-- An event that a fold could not take in, or of which nobody could tell whose it is: once the view has it, it is folded here
-- too. What an index of before has is of another format, and made anew.
CREATE TABLE Unfolded (
    model    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (model, position)
) WITHOUT ROWID;
