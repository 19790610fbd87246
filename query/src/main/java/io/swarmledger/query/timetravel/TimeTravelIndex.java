package io.swarmledger.query.timetravel;

import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.query.LastUsed;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.Newest;
import io.swarmledger.query.view.Growing;
import io.swarmledger.query.view.LookedAtFold;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.ViewFault;
import io.swarmledger.query.view.ViewTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Writes the index that answers for any moment: reads the log in its order, folds each event into the state of its thing,
 * and notes what changed. For one thread.
 *
 * <p>What it writes depends on the log alone, not on how the log was cut into stretches.
 */
public final class TimeTravelIndex implements AutoCloseable {

    /** Of what is written here. A change of a table or of a fold needs another one: files of the old are made anew. */
    public static final int FORMAT = 7;

    /** Steps of a thing from one written state to the next: the most that are folded again to know a state. */
    static final int CHECKPOINT_EVERY = 32;

    private static final Logger LOG = LoggerFactory.getLogger(TimeTravelIndex.class);

    private static final int IN_MEMORY = 20_000;
    private static final int AGAIN_AT_ONCE = 100;
    private static final long BYTES_AT_ONCE = 16L << 20;

    /** Bytes of states, names of swarms and counters in memory, each of them. */
    private static final long BYTES_IN_MEMORY = Runtime.getRuntime().maxMemory() / 32;

    /** So many bytes a character of a state's JSON are reckoned. */
    private static final long A_CHARACTER = 3;

    private final DataSource index;
    private final EventLog log;
    private final Newest newest;
    private final EventReader reader;
    private final ReadModels models;
    private final LastUsed<ThingKey, Entry<?>> entries = new LastUsed<>(
            IN_MEMORY, BYTES_IN_MEMORY, (key, entry) -> A_CHARACTER * (key.id().length() + entry.characters));
    private final LastUsed<String, Long> swarms =
            new LastUsed<>(IN_MEMORY, BYTES_IN_MEMORY, (id, number) -> A_CHARACTER * id.length());
    private final LastUsed<TallyKey, Tally> tallies = new LastUsed<>(
            IN_MEMORY,
            BYTES_IN_MEMORY,
            (key, tally) ->
                    key.status() == null ? 0 : A_CHARACTER * key.status().length());
    private volatile Connection connection;
    private IndexRows rows;

    /** Whose folds ran out of memory since something was taken in last. */
    private final Set<ReadModel<?>> exhausting = new HashSet<>();

    /** While a thing is folded again. */
    private Recount recount;

    /**
     * An index of a log.
     *
     * @param index connections that write its file
     * @param log what it is of
     * @param newest what it reads
     */
    public TimeTravelIndex(DataSource index, EventLog log, Newest newest, EventReader reader, ReadModels models) {
        this.index = index;
        this.log = log;
        this.newest = newest;
        this.reader = reader;
        this.models = models;
    }

    private record ThingKey(int model, String id) {}

    private record TallyKey(int model, long swarm, String status) {}

    private static final class Tally {

        private final long number;
        private long things;

        Tally(long number, long things) {
            this.number = number;
            this.things = things;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Tally tally && number == tally.number;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    private static final class Entry<S> {

        private final Thing<S> thing;
        private S state;
        private int stepsSinceCheckpoint;
        private boolean unreadable;

        /** Of the state's JSON, at most. */
        private long characters;

        Entry(Thing<S> thing) {
            this.thing = thing;
        }
    }

    /**
     * Takes in what the log has behind what was taken in before, in one transaction.
     *
     * @param upTo the position at which it may end: who waits for that one is not kept waiting by what comes meanwhile
     * @param most events, or so; of large ones fewer
     * @return whether there may be more
     * @throws ViewFault if a file cannot be read or written; nothing is taken in then
     */
    public boolean readOn(long upTo, int most) {
        boolean isDone = false;
        try {
            open();
            long position = rows.position();
            List<LogRow> events = newest.behind(position, this);
            boolean mayBeMore = !events.isEmpty() && readInOneTransaction(events, position, upTo, most);
            isDone = true;
            return mayBeMore;
        } catch (SQLException | RuntimeException failure) {
            throw new ViewFault("time travel", failure);
        } finally {
            if (!isDone) {
                rollBack();
            }
        }
    }

    private boolean readInOneTransaction(List<LogRow> events, long position, long upTo, int most) throws SQLException {
        // The driver's commit begins the next transaction: put to sleep, this process would keep the file for good.
        connection.setAutoCommit(false);
        boolean mayBeMore = read(events, position, upTo, most);
        connection.setAutoCommit(true);
        exhausting.clear();
        return mayBeMore;
    }

    private void open() throws SQLException {
        if (connection == null) {
            connection = index.getConnection();
            rows = new IndexRows(connection);
        }
    }

    private Past past() {
        return new Past(JdbcClient.create(new SingleConnectionDataSource(connection, true)), log, reader);
    }

    /**
     * Folds what could not be folded before, and what came behind it for the same thing, each in a transaction of its own.
     *
     * @param hasIt whether a view has an event by now
     * @throws ViewFault if a file cannot be read or written
     */
    public void foldAgain(BiPredicate<ReadModel<?>, LogRow> hasIt) {
        try {
            open();
            for (ReadModel<?> model : models.all()) {
                List<LogRow> again = new ArrayList<>();
                log.at(rows.unfolded(models.numberOf(model)), row -> {
                    if (hasIt.test(model, row)) {
                        again.add(row);
                    }
                });
                for (LogRow row : again) {
                    foldAgain(model, row);
                }
            }
        } catch (SQLException failure) {
            rollBack();
            throw new ViewFault("time travel", failure);
        }
    }

    private void foldAgain(ReadModel<?> model, LogRow row) throws SQLException {
        recount = new Recount();
        boolean isDone = false;
        try {
            open();
            connection.setAutoCommit(false);
            rows.folded(models.numberOf(model), row.position());
            String id = idOf(model, row);
            if (id != null) {
                foldAgain(model, id, row, past());
            }
            recount.write(rows);
            connection.setAutoCommit(true);
            entries.clear();
            tallies.clear();
            isDone = true;
        } catch (SQLException | RuntimeException failure) {
            LOG.warn("{} at position {} is not folded again: {}", row.type(), row.position(), failure.getMessage());
        } finally {
            recount = null;
            if (!isDone) {
                rollBack();
            }
        }
    }

    private <S> void foldAgain(ReadModel<S> model, String id, LogRow from, Past past) throws SQLException {
        int number = models.numberOf(model);
        Optional<IndexRows.Known> known = rows.thing(number, id);
        Thing<S> thing = new Thing<>(known.isPresent() ? known.get().number() : rows.addThing(number, id), model, id);
        List<Long> positions = positionsAgain(thing, from);
        uncount(thing, from.position(), past);
        rows.takeBack(thing, from.position());
        Entry<S> entry = new Entry<>(thing);
        entry.unreadable = rows.thing(number, id).orElseThrow().unreadable();
        entry.state = past.at(thing, from.position());
        entry.stepsSinceCheckpoint = rows.stepsSinceCheckpoint(thing);
        take(entry, from, from.position(), past);
        List<LogRow> page = new ArrayList<>();
        for (int first = 0; first < positions.size(); first += AGAIN_AT_ONCE) {
            log.at(positions.subList(first, Math.min(first + AGAIN_AT_ONCE, positions.size())), page::add);
            for (LogRow row : page) {
                take(entry, row, row.position(), past);
            }
            page.clear();
        }
    }

    /** Where a thing's steps behind an event were, and are by now. */
    private List<Long> positionsAgain(Thing<?> thing, LogRow from) throws SQLException {
        TreeSet<Long> positions = new TreeSet<>(rows.stepsFrom(thing, from.position()));
        if (isOfItsStream(thing.model(), from)) {
            positions.addAll(behind(from, thing.model()));
        }
        return List.copyOf(positions);
    }

    /** Where the index has seen further events of the same aggregate. */
    private List<Long> behind(LogRow from, ReadModel<?> model) throws SQLException {
        long seen = rows.position();
        List<Long> positions = new ArrayList<>();
        long version = from.version();
        boolean isAll = false;
        while (!isAll) {
            EventLog.Part part = log.stream(from.aggregateId(), version, Budget.PAGE);
            for (LogRow row : part.rows()) {
                version = row.version();
                if (model.isOfItsStream(row.type()) && row.position() > from.position() && row.position() <= seen) {
                    positions.add(row.position());
                }
            }
            isAll = part.isAll();
        }
        return positions;
    }

    /** What the steps of a thing from a position on have led to is counted no more. */
    private <S> void uncount(Thing<S> thing, long from, Past past) {
        Past.Checkpoint<S> before = new Past.Checkpoint<>(from - 1, past.at(thing, from - 1));
        past.fold(thing, before, Long.MAX_VALUE, (state, row, after) -> {
            try {
                ReadModel<S> model = thing.model();
                count(model, placeOf(model, after), after, placeOf(model, state), state, row.position());
            } catch (SQLException failure) {
                throw new ViewFault("time travel", failure);
            }
        });
    }

    private boolean read(List<LogRow> first, long behind, long upTo, int most) throws SQLException {
        Past past = past();
        long position = behind;
        int read = 0;
        long bytes = 0;
        List<LogRow> events = first;
        while (!events.isEmpty() && read < most && bytes < BYTES_AT_ONCE) {
            for (LogRow row : events) {
                take(row, past);
                position = row.position();
                bytes += row.bytes();
            }
            read += events.size();
            events = position < upTo ? newest.behind(position, this) : List.of();
        }
        rows.reached(position);
        return !events.isEmpty();
    }

    private void take(LogRow row, Past past) throws SQLException {
        for (ReadModel<?> model : models.ofEvents(row.type())) {
            String id = idOf(model, row);
            if (id != null) {
                Entry<?> entry = entry(model, id, past);
                take(entry, row, row.position(), past);
                entries.put(keyOf(entry.thing), entry);
            }
        }
    }

    private static boolean isOfItsStream(ReadModel<?> model, LogRow row) {
        return model.isByAggregate() && model.isOfItsStream(row.type());
    }

    /** Which thing of that model the row is told of; {@code null} for none, or where that cannot be read. */
    private String idOf(ReadModel<?> model, LogRow row) throws SQLException {
        if (isOfItsStream(model, row)) {
            return row.aggregateId();
        }
        try {
            return reader.events(row)
                    .filter(event -> !(event instanceof OpaqueEvent))
                    .map(event -> model.thingOf(event, row.recorded()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        } catch (RuntimeException | OutOfMemoryError unreadable) {
            requireOfApplication(model, unreadable);
            // The view's event is a dead letter.
            rows.unfolded(models.numberOf(model), row.position());
            LOG.warn("{} at position {} is told of nothing: {}", row.type(), row.position(), unreadable.getMessage());
            return null;
        }
    }

    private <S> void take(Entry<S> entry, LogRow row, long position, Past past) throws SQLException {
        if (entry.unreadable && isOfItsStream(entry.thing.model(), row)) {
            return;
        }
        Thing<S> thing = entry.thing;
        S before = entry.state;
        S after;
        try {
            after = Past.evolve(thing.model(), before, row, reader);
        } catch (RuntimeException | OutOfMemoryError unfoldable) {
            requireOfApplication(thing.model(), unfoldable);
            // The views' event is a dead letter, and what comes behind it waits there.
            LOG.warn(
                    "{} {} has no state at position {}: {}",
                    thing.model().type(),
                    thing.id(),
                    position,
                    unfoldable.getMessage());
            rows.unfolded(models.numberOf(thing.model()), position);
            // The view goes on with what other aggregates tell of a thing.
            if (isOfItsStream(thing.model(), row)) {
                rows.unreadable(thing, position);
                entry.unreadable = true;
            }
            return;
        }
        rows.step(thing, position);
        entry.state = after;
        entry.characters += row.payload().length();
        if (after != before) {
            move(thing, before, after, position);
            grow(thing, before, after, position);
        }
        if (++entry.stepsSinceCheckpoint == CHECKPOINT_EVERY) {
            String state = thing.model().table().write(after);
            rows.checkpoint(thing, position, state);
            entry.state = past.written(thing, position, state);
            entry.characters = state.length();
            entry.stepsSinceCheckpoint = 0;
        }
    }

    /**
     * Where memory runs out it is tried again; but a fold of an application's that runs out of it again asks for too much,
     * and stops its own view alone.
     */
    private void requireOfApplication(ReadModel<?> model, Throwable failure) {
        if (failure instanceof OutOfMemoryError exhausted
                && (!(model.fold() instanceof LookedAtFold) || exhausting.add(model))) {
            throw exhausted;
        }
    }

    private record Place(int shelf, long swarm) {}

    private <S> void move(Thing<S> thing, S before, S after, long position) throws SQLException {
        ReadModel<S> model = thing.model();
        Place from = placeOf(model, before);
        Place to = placeOf(model, after);
        if (!Objects.equals(from, to)) {
            if (from != null) {
                rows.take(thing, position);
            }
            if (to != null) {
                rows.put(thing, position, to.shelf(), to.swarm());
            }
        }
        count(model, from, before, to, after, position);
    }

    private <S> void count(ReadModel<S> model, Place from, S before, Place to, S after, long position)
            throws SQLException {
        count(
                from == null ? null : tally(model, from.swarm(), model.status().apply(before)),
                to == null ? null : tally(model, to.swarm(), model.status().apply(after)),
                position);
        if (model.isMember() != null) {
            count(members(model, from, before), members(model, to, after), position);
        }
    }

    private <S> Tally members(ReadModel<S> model, Place place, S state) throws SQLException {
        return place != null && model.isMember().test(state) ? tally(model, place.swarm(), Counts.MEMBERS) : null;
    }

    private void count(Tally left, Tally joined, long position) throws SQLException {
        if (!Objects.equals(left, joined)) {
            if (left != null) {
                count(left, position, -1);
            }
            if (joined != null) {
                count(joined, position, 1);
            }
        }
    }

    private void count(Tally tally, long position, int more) throws SQLException {
        if (recount != null) {
            recount.add(tally.number, position, more);
        } else {
            tally.things += more;
            rows.count(tally.number, position, tally.things);
        }
    }

    private <S> Place placeOf(ReadModel<S> model, S state) throws SQLException {
        return state == null
                ? null
                : new Place(
                        Shelf.of(models, model, state), swarm(model.swarmId().apply(state)));
    }

    /** An event adds one item to a list, or begins the list anew. */
    private <S> void grow(Thing<S> thing, S before, S after, long position) throws SQLException {
        for (Map.Entry<String, Function<S, Growing<?>>> list :
                thing.model().table().lists().entrySet()) {
            Growing<?> was = before == null ? Growing.empty() : list.getValue().apply(before);
            Growing<?> is = list.getValue().apply(after);
            if (is != was && is.size() > 0) {
                rows.item(thing, list.getKey(), is.size(), position, ViewTable.item(is.last()));
            }
        }
    }

    private long swarm(String id) throws SQLException {
        Long known = swarms.get(id);
        if (known == null) {
            known = rows.swarm(id);
            swarms.put(id, known);
        }
        return known;
    }

    private Tally tally(ReadModel<?> model, long swarm, String status) throws SQLException {
        TallyKey key = new TallyKey(models.numberOf(model), swarm, status);
        Tally tally = tallies.get(key);
        if (tally == null) {
            long number = rows.tally(models.numberOf(model), swarm, status);
            tally = new Tally(number, rows.counted(number));
            tallies.put(key, tally);
        }
        return tally;
    }

    @SuppressWarnings("unchecked")
    private <S> Entry<S> entry(ReadModel<S> model, String id, Past past) throws SQLException {
        ThingKey key = new ThingKey(models.numberOf(model), id);
        Entry<S> entry = (Entry<S>) entries.get(key);
        return entry != null ? entry : load(model, id, past);
    }

    private ThingKey keyOf(Thing<?> thing) {
        return new ThingKey(models.numberOf(thing.model()), thing.id());
    }

    private <S> Entry<S> load(ReadModel<S> model, String id, Past past) throws SQLException {
        int number = models.numberOf(model);
        Optional<IndexRows.Known> known = rows.thing(number, id);
        if (known.isEmpty()) {
            return new Entry<>(new Thing<>(rows.addThing(number, id), model, id));
        }
        Entry<S> entry = new Entry<>(new Thing<>(known.get().number(), model, id));
        entry.unreadable = known.get().unreadable();
        entry.state = past.at(entry.thing, Long.MAX_VALUE);
        entry.characters = model.table().write(entry.state).length();
        entry.stepsSinceCheckpoint = rows.stepsSinceCheckpoint(entry.thing);
        return entry;
    }

    /**
     * Takes the file from the thread that is writing it and does not return: what is not committed is undone, and whatever
     * that thread goes on with fails.
     */
    public void leave() {
        try {
            Connection left = connection;
            if (left != null) {
                left.close();
            }
        } catch (SQLException failure) {
            LOG.debug("Leaving the index", failure);
        }
    }

    /** What is in memory may tell of what was rolled back. */
    private void rollBack() {
        entries.clear();
        swarms.clear();
        tallies.clear();
        close();
    }

    /** Closes its connection; what was not committed is rolled back. */
    @Override
    public void close() {
        try (Connection closing = connection;
                IndexRows prepared = rows) {
            if (closing != null && !closing.getAutoCommit()) {
                closing.rollback();
            }
        } catch (SQLException failure) {
            LOG.debug("Closing the index", failure);
        }
        connection = null;
        rows = null;
    }
}
