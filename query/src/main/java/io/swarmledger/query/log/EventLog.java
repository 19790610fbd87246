package io.swarmledger.query.log;

import io.swarmledger.query.ReadFault;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads the log. Whatever keeps it: nobody else knows how it lies there.
 *
 * <p>Every answer is of one moment. What several questions must see alike is asked within {@link #asOfNow}. All of them
 * throw {@link ReadFault} if the log cannot be read.
 */
public interface EventLog {

    /** Asks several questions, through the log that is handed over, that all see the log as it is now. */
    <T> T asOfNow(Function<EventLog, T> questions);

    /** Who this ledger is; positions of two ledgers are not comparable. */
    String ledgerId();

    /** The position of the last event, 0 if there is none. */
    long head();

    /**
     * Some events, in order.
     *
     * @param rows as many as the budget allows
     * @param isAll whether there are no more of them
     */
    record Part(List<LogRow> rows, boolean isAll) {

        /** The position of the last one; {@code otherwise} if there is none. */
        public long last(long otherwise) {
            return rows.isEmpty() ? otherwise : rows.get(rows.size() - 1).position();
        }
    }

    /** The selected events, as many as the budget allows. */
    Part read(EventSelection selection, Budget budget);

    /** Events behind a position, up to another. */
    default Part read(long after, long upTo, EventCriteria criteria, Budget budget) {
        return read(EventSelection.between(after, upTo, criteria), budget);
    }

    /** Hands the events behind a position, up to another, to {@code visitor}, in order and each on its own. */
    default void each(long after, long upTo, Consumer<LogRow> visitor) {
        long last = after;
        boolean isAll = false;
        while (!isAll) {
            Part part = read(last, upTo, EventCriteria.ALL, Budget.PAGE);
            part.rows().forEach(visitor);
            last = part.last(last);
            isAll = part.isAll();
        }
    }

    /** Hands the events at these positions to {@code visitor}, in order. */
    void at(Collection<Long> positions, Consumer<LogRow> visitor);

    /** Those of these positions at which there is an event of which all of that is true, in order. */
    List<Long> among(Collection<Long> positions, EventCriteria criteria);

    /** The events of an aggregate behind a version, in the order of their versions. */
    Part stream(String aggregateId, long afterVersion, Budget budget);

    /** Hands the events of an aggregate to {@code visitor}, in the order of their versions, until it answers false. */
    default void stream(String aggregateId, Predicate<LogRow> visitor) {
        long version = 0;
        boolean goesOn = true;
        while (goesOn) {
            Part part = stream(aggregateId, version, Budget.PAGE);
            for (LogRow row : part.rows()) {
                version = row.version();
                if (!visitor.test(row)) {
                    return;
                }
            }
            goesOn = !part.isAll();
        }
    }

    /** The event of that id. */
    Optional<LogRow> byId(String eventId);

    /** Those of the events of these ids that there are, in no order. */
    List<LogRow> byIds(Collection<String> eventIds);

    /** The first event of an aggregate behind a position. */
    Optional<LogRow> first(String aggregateId, long after);

    /**
     * The last event of an aggregate up to a position.
     *
     * @param types of any of these types; of any at all if there is none
     */
    Optional<LogRow> last(String aggregateId, long upTo, String... types);

    /** The last event of an aggregate and type, up to a position, whose payload has that text under that name. */
    Optional<LogRow> lastSaying(String name, String text, String aggregateId, String type, long upTo);

    /** The events that name that one as their cause, in order. */
    Part causedBy(String eventId, Budget budget);

    /** How many events are selected, counted up to {@code most}. */
    long count(EventSelection selection, long most);

    /** What events are counted by. */
    enum Key {
        TYPE,
        AGGREGATE
    }

    /** How many keys have events. */
    long countKeys(Key key, EventCriteria criteria);

    /** How many events each key has, the most first, of equals in the order of the keys; {@code most} keys at most. */
    Map<String, Long> countBy(Key key, EventCriteria criteria, int most);

    /**
     * How many events there are in each part of a stretch of time.
     *
     * @param bounds where the parts begin, epoch milliseconds and rising; behind them where the last one ends, itself not
     *     included
     * @param types of any of these types; of any at all if there is none
     * @param swarmId of one swarm, or {@code null} for all
     * @return one number a part
     */
    long[] countOverTime(double[] bounds, List<String> types, String swarmId);

    /**
     * Two times.
     *
     * @param first epoch milliseconds
     * @param last likewise
     */
    record Times(double first, double last) {}

    /**
     * The earliest and the latest time of any event; empty if there is none.
     *
     * @param swarmId of one swarm, or {@code null} for all
     */
    Optional<Times> times(String swarmId);

    /**
     * Hands excerpts of the selected events to {@code visitor}, in order.
     *
     * @param names whose texts are told
     * @param characters of each text at most so many
     * @param most events at most
     */
    void excerpts(EventSelection selection, List<String> names, int characters, int most, Consumer<Excerpt> visitor);

    /**
     * What came before events: by the position of each the last event of any of these types among the {@code near} before
     * it in its aggregate. Where there is none, nothing is said.
     *
     * @param names whose texts are told
     */
    Map<Long, Excerpt> preceding(Collection<Long> positions, List<String> types, int near, List<String> names);

    /**
     * The position that is meant by a time: the highest one up to which no event is later; {@link Long#MAX_VALUE} if none
     * is later at all.
     *
     * @param time epoch milliseconds
     */
    long positionAt(double time);

    /** The latest believed time of the events up to a position, epoch milliseconds; empty if there is none. */
    Optional<Double> latest(long position);

    /** The link of the chain at a position; empty if there is no event. */
    Optional<byte[]> link(long position);

    /** The latest snapshot of an aggregate: the ledger's own, or else the one that was imported. */
    Optional<StoredSnapshot> snapshot(String aggregateId);

    /** How many snapshots there are, of both kinds. */
    long snapshots();

    /** Hands the snapshots that were imported to {@code visitor}, in the order of their aggregates' ids. */
    void importedSnapshots(Consumer<StoredSnapshot> visitor);
}
