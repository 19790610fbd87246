package io.swarmledger.query.log;

import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A log in memory, for questions that read few kinds of things of it: what none of them reads it refuses. */
public final class LogInMemory implements EventLog {

    private final List<LogRow> rows = new ArrayList<>();
    private final Map<String, Long> versions = new HashMap<>();
    private String swarm = "swarm";

    /** What comes next happens in that swarm. */
    public LogInMemory in(String swarmId) {
        swarm = swarmId;
        return this;
    }

    /** The next event, a second after the one before: {@code event-1}, {@code event-2} and so on. */
    public LogRow happened(String aggregateId, String type, String payload) {
        return happened(aggregateId, type, payload, "swarm", null);
    }

    /** The same, from somebody and because of something. */
    public LogRow happened(String aggregateId, String type, String payload, String source, String causationId) {
        long position = rows.size() + 1L;
        LogRow row = new LogRow(
                position,
                "event-" + position,
                type,
                "1",
                aggregateId,
                type.substring(0, type.indexOf(':')),
                versions.merge(aggregateId, 1L, Long::sum),
                position * 1_000,
                source,
                payload,
                null,
                causationId,
                null,
                swarm,
                position * 1_000,
                null,
                null);
        rows.add(row);
        return row;
    }

    private Optional<LogRow> last(Predicate<LogRow> which) {
        return rows.stream().filter(which).reduce((one, other) -> other);
    }

    @Override
    public <T> T asOfNow(Function<EventLog, T> questions) {
        LogInMemory now = new LogInMemory();
        now.rows.addAll(rows);
        return questions.apply(now);
    }

    @Override
    public List<Long> among(Collection<Long> positions, EventCriteria criteria) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long head() {
        return rows.size();
    }

    @Override
    public Part read(EventSelection selection, Budget budget) {
        EventCriteria criteria = selection.criteria();
        if (!criteria.withSwarmId(null).withTypes(null).saysNothing()) {
            throw new UnsupportedOperationException("" + criteria);
        }
        List<LogRow> wanted = new ArrayList<>(rows);
        wanted.removeIf(row -> criteria.swarmId() != null && !criteria.swarmId().equals(row.swarmId())
                || criteria.types() != null && !criteria.types().contains(row.type())
                || selection.after() != null && row.position() <= selection.after()
                || selection.upTo() != null && row.position() > selection.upTo());
        if (selection.newestFirst()) {
            Collections.reverse(wanted);
        }
        List<LogRow> read = new ArrayList<>();
        long bytes = 0;
        for (LogRow row : wanted) {
            if (read.size() == budget.events() || bytes >= budget.bytes()) {
                return new Part(read, false);
            }
            read.add(row);
            bytes += row.bytes();
        }
        return new Part(read, true);
    }

    @Override
    public Optional<LogRow> byId(String eventId) {
        return last(row -> row.id().equals(eventId));
    }

    @Override
    public Optional<LogRow> last(String aggregateId, long upTo, String... types) {
        return last(row -> row.aggregateId().equals(aggregateId)
                && row.position() <= upTo
                && (types.length == 0 || List.of(types).contains(row.type())));
    }

    @Override
    public Optional<LogRow> first(String aggregateId, long after) {
        return rows.stream()
                .filter(row -> row.aggregateId().equals(aggregateId) && row.position() > after)
                .findFirst();
    }

    @Override
    public long positionAt(double time) {
        return rows.stream()
                .filter(row -> row.time() > time)
                .findFirst()
                .map(later -> later.position() - 1)
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public String ledgerId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void at(Collection<Long> positions, Consumer<LogRow> visitor) {
        rows.stream().filter(row -> positions.contains(row.position())).forEach(visitor);
    }

    @Override
    public Part stream(String aggregateId, long afterVersion, Budget budget) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LogRow> byIds(Collection<String> eventIds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LogRow> lastSaying(String name, String text, String aggregateId, String type, long upTo) {
        return last(row -> row.aggregateId().equals(aggregateId)
                && row.type().equals(type)
                && row.position() <= upTo
                && Json.mapper().readTree(row.payload()).path(name).asString("").equals(text));
    }

    @Override
    public Part causedBy(String eventId, Budget budget) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long count(EventSelection selection, long most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long countKeys(Key key, EventCriteria criteria) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Long> countBy(Key key, EventCriteria criteria, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long[] countOverTime(double[] bounds, List<String> types, String swarmId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Times> times(String swarmId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void excerpts(
            EventSelection selection, List<String> names, int characters, int most, Consumer<Excerpt> visitor) {
        if (!names.isEmpty()) {
            throw new UnsupportedOperationException("" + names);
        }
        read(selection, new Budget(most, Long.MAX_VALUE)).rows().stream()
                .map(row -> new Excerpt(
                        row.position(),
                        row.id(),
                        row.type(),
                        row.aggregateId(),
                        row.timestamp().doubleValue(),
                        row.swarmId(),
                        row.causationId(),
                        List.of()))
                .forEach(visitor);
    }

    @Override
    public Map<Long, Excerpt> preceding(Collection<Long> positions, List<String> types, int near, List<String> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Double> latest(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> link(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoredSnapshot> snapshot(String aggregateId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long snapshots() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void importedSnapshots(Consumer<StoredSnapshot> visitor) {
        throw new UnsupportedOperationException();
    }
}
