package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.Chain;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Whether a log is as it was written: every event's link of the chain, positions without gaps, payloads that are JSON,
 * nothing missing that was acknowledged, snapshots that say what their events say, the schema, and what SQLite itself
 * finds. It only reads, beside whoever writes.
 */
public final class Verification {

    private static final int TOLD_EVERY = 1_000;

    private final Path log;
    private final Optional<HeadAnchor.Word> anchor;
    private final AggregateTypes aggregates;
    private final LongConsumer progress;

    private Verification(Path log, Optional<HeadAnchor.Word> anchor, AggregateTypes aggregates, LongConsumer progress) {
        this.log = log;
        this.anchor = anchor;
        this.aggregates = aggregates;
        this.progress = progress;
    }

    /**
     * Checks a log, of its snapshots those of the aggregates that every ledger has.
     *
     * @param progress told how many events were checked so far
     */
    public static Verdict of(Path log, LongConsumer progress) {
        return of(log, AggregateTypes.ofLedger(), progress);
    }

    /** The same, of its snapshots those of these aggregates. */
    static Verdict of(Path log, AggregateTypes aggregates, LongConsumer progress) {
        // The anchor first: it moves after the commit, so that what is read of the log afterwards is never behind it.
        return new Verification(log, Optional.of(HeadAnchor.read(log)), aggregates, progress).verdict();
    }

    /** Checks a copy of a log, which has no anchor: whether it ends too early cannot be told. */
    public static Verdict ofCopy(Path copy, LongConsumer progress) {
        return new Verification(copy, Optional.empty(), AggregateTypes.ofLedger(), progress).verdict();
    }

    private Verdict verdict() {
        List<String> problems = new ArrayList<>();
        Walk walk = new Walk();
        try (Connection connection = SqliteConnections.reading(log).getConnection()) {
            // Before the log too, for the same reason.
            long seen = anchor.isPresent() ? seen(connection) : 0;
            connection.setAutoCommit(false);
            try {
                walk.over(connection);
                if (walk.problem == null && anchor.isPresent()) {
                    Loss.of(connection, anchor.get(), seen).ifPresent(loss -> {
                        walk.bad(loss.after() + 1, loss.describe(log));
                    });
                }
            } catch (SQLException unreadable) {
                walk.bad(walk.position + 1, "cannot be read: " + unreadable.getMessage());
            }
            if (walk.problem != null) {
                problems.add(walk.problem);
            }
            schema(connection, problems);
            if (problems.isEmpty()) {
                snapshots(connection, problems);
            }
            integrity(connection, problems);
            connection.rollback();
        } catch (SQLException failure) {
            throw new LedgerUnavailable(log + " cannot be read: " + failure.getMessage(), failure);
        }
        return new Verdict(problems.isEmpty(), walk.events, walk.position, walk.firstBad, problems);
    }

    private long seen(Connection connection) {
        try {
            return SeenPositions.of(log, connection);
        } catch (SQLException unreadable) {
            // The walk meets the same, and says so.
            return 0;
        }
    }

    private void snapshots(Connection connection, List<String> problems) {
        try {
            problems.addAll(SnapshotCheck.of(connection, aggregates));
        } catch (SQLException unreadable) {
            problems.add("snapshots: " + unreadable.getMessage());
        }
    }

    private static void schema(Connection connection, List<String> problems) {
        try {
            Schema.oddity(connection, Schema.LOG).ifPresent(oddity -> problems.add("schema: " + oddity));
        } catch (SQLException unreadable) {
            problems.add("schema: " + unreadable.getMessage());
        }
    }

    private static void integrity(Connection connection, List<String> problems) {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA integrity_check(10)")) {
            while (found.next()) {
                if (!found.getString(1).equals("ok")) {
                    problems.add("SQLite: " + found.getString(1));
                }
            }
        } catch (SQLException damaged) {
            problems.add("SQLite: " + damaged.getMessage());
        }
    }

    /** Goes from the first event to the last, or to the first one that is wrong. */
    private final class Walk {

        private long events;
        private long position;
        private byte[] link = Chain.BEGINNING;
        private Long firstBad;
        private String problem;

        void over(Connection connection) throws SQLException {
            List<Loss> accepted = acceptedLosses(connection);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT globalIndex, eventIdentifier, aggregateIdentifier,"
                            + " sequenceNumber, type, timeStamp, payloadType, payloadRevision, payload, metaData, source,"
                            + " causationId, correlationId, swarmId, recordedBy, recordedAt, chain"
                            + " FROM DomainEventEntry ORDER BY globalIndex")) {
                while (problem == null && row.next()) {
                    check(row, accepted);
                    if (++events % TOLD_EVERY == 0) {
                        progress.accept(events);
                    }
                }
            }
            progress.accept(events);
        }

        void bad(long at, String what) {
            firstBad = at;
            problem = "position " + at + ": " + what;
        }

        private void check(ResultSet row, List<Loss> accepted) throws SQLException {
            long next = row.getLong(1);
            long expected = position + 1;
            boolean gap = next != expected;
            if (gap
                    && accepted.stream()
                            .noneMatch(loss -> loss.after() == position && next == loss.acknowledged() + 1)) {
                bad(expected, next > expected ? "is missing; the next is " + next : "is followed by " + next);
                return;
            }
            EventRow event = new EventRow(
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(5),
                    (Number) row.getObject(6),
                    row.getString(7),
                    row.getString(8),
                    row.getString(9),
                    row.getString(10),
                    row.getString(11),
                    row.getString(12),
                    row.getString(13),
                    row.getString(14),
                    row.getString(15));
            byte[] due = Chain.link(link, next, row.getLong(16), Chain.digest(event));
            if (!Chain.same(due, row.getBytes(17))) {
                bad(next, "is not as it was written");
                return;
            }
            String defect = jsonDefect(event.payload());
            if (defect != null) {
                bad(next, "has a payload that is no JSON: " + defect);
                return;
            }
            link = due;
            position = next;
        }
    }

    private static List<Loss> acceptedLosses(Connection connection) throws SQLException {
        List<Loss> losses = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT after, acknowledged FROM AcceptedLoss")) {
            while (row.next()) {
                losses.add(new Loss(row.getLong(1), row.getLong(2), null));
            }
        }
        return losses;
    }

    private static String jsonDefect(String payload) {
        try (JsonParser parser = Json.mapper().createParser(payload)) {
            if (parser.nextToken() == null) {
                return "it is empty";
            }
            parser.skipChildren();
            return parser.nextToken() == null ? null : "something follows it";
        } catch (JacksonException defect) {
            return Json.reason(defect);
        }
    }
}
