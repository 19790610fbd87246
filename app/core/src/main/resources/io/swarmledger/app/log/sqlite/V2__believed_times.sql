-- What an event's time counts as where times are compared. A time before 1970, or later than recordedAt by more than the
-- clocks' tolerance, is kept and not believed: it counts as the last believed one before it in the log. Both columns
-- follow from the rows up to theirs and are no part of the chain. "Never" is -1.7976931348623157e308.
ALTER TABLE DomainEventEntry ADD COLUMN believedAt NUMERIC; -- NULL where the event's own time is believed
ALTER TABLE DomainEventEntry ADD COLUMN asOf NUMERIC;       -- the latest believed time up to this event; never goes back

-- Logs of before were written with the tolerance of an hour that nobody could set.
UPDATE DomainEventEntry
SET believedAt = CASE
        WHEN timeStamp >= 0 AND timeStamp <= recordedAt + 3600000 THEN NULL
        ELSE coalesce((SELECT believed.timeStamp FROM DomainEventEntry AS believed
                       WHERE believed.globalIndex = told.last), -1.7976931348623157e308)
    END,
    asOf = coalesce(told.latest, -1.7976931348623157e308)
FROM (SELECT globalIndex AS position,
             max(CASE WHEN timeStamp >= 0 AND timeStamp <= recordedAt + 3600000 THEN globalIndex END)
                 OVER (ORDER BY globalIndex) AS last,
             max(CASE WHEN timeStamp >= 0 AND timeStamp <= recordedAt + 3600000 THEN timeStamp END)
                 OVER (ORDER BY globalIndex) AS latest
      FROM DomainEventEntry) AS told
WHERE DomainEventEntry.globalIndex = told.position;

DROP INDEX event_by_time;
CREATE INDEX event_by_time ON DomainEventEntry (timeStamp, believedAt);
CREATE INDEX event_by_believed_time ON DomainEventEntry (believedAt) WHERE believedAt IS NOT NULL;
