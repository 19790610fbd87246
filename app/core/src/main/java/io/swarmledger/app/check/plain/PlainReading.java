package io.swarmledger.app.check.plain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A second reading of the log, for checks: each thing as its events tell it, from the columns as they lie there, with no
 * code that any view uses. One thing is in memory at a time, and whatever it has by then.
 */
public final class PlainReading implements Iterator<PlainReading.Thing>, AutoCloseable {

    /** Exact: a number has the digits that were given. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final List<PlainFold> FOLDS =
            List.of(new PlainAgents(), new PlainTasks(), new PlainMemories(), new PlainSwarms());

    private final PlainFold fold;
    private final Stream<PlainEvent> stream;
    private final Iterator<PlainEvent> events;
    private final Stream<PlainLog.Call> callStream;
    private final Iterator<PlainLog.Call> calls;
    private final Predicate<PlainEvent> taken;
    private final LongConsumer progress;
    private PlainEvent waiting;
    private PlainLog.Call waitingCall;
    private Thing next;
    private long read;

    /**
     * Reads the things of one feature, by the bytes of their ids.
     *
     * @param feature agent, task, memory or swarm
     * @param upTo the last position that is read
     * @param taken whether an event is to be taken in; one that was put aside is not
     * @param progress told how many events have been read
     */
    public PlainReading(PlainLog log, String feature, long upTo, Predicate<PlainEvent> taken, LongConsumer progress) {
        this.fold = FOLDS.stream()
                .filter(one -> one.feature().equals(feature))
                .findFirst()
                .orElseThrow();
        this.stream = log.byAggregate(typesOf(feature), upTo);
        this.events = stream.iterator();
        this.callStream = fold.calls() == null ? Stream.empty() : log.calls(PlainCalls.TYPES, fold.calls(), upTo);
        this.calls = callStream.iterator();
        this.taken = taken;
        this.progress = progress;
    }

    /**
     * An agent, a task, a memory or a swarm.
     *
     * @param state in the JSON that it is answered in; {@code null} if nothing made it begin
     * @param status what it is counted under; {@code null} if there is no state
     * @param disorder where a later version lies before an earlier one; {@code null} if none does
     */
    public record Thing(String id, ObjectNode state, String status, String disorder) {}

    /** The event types of a feature. */
    public static Set<String> typesOf(String feature) {
        return PlainPayload.typesOf(feature);
    }

    @Override
    public boolean hasNext() {
        while (next == null && (waiting != null || events.hasNext())) {
            Thing thing = read();
            next = thing.state() != null || thing.disorder() != null ? thing : null;
        }
        return next != null;
    }

    @Override
    public Thing next() {
        Thing thing = peek();
        next = null;
        return thing;
    }

    /** The next one, which stays the next one. */
    public Thing peek() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return next;
    }

    private Thing read() {
        PlainEvent event = waiting != null ? waiting : events.next();
        String id = event.aggregateId();
        ObjectNode state = null;
        String disorder = null;
        long born = 0;
        PlainEvent last = event;
        while (event != null && event.aggregateId().equals(id)) {
            if (event.position() < last.position() && disorder == null) {
                disorder = "version " + last.version() + " lies at position " + last.position() + ", version "
                        + event.version() + " at " + event.position();
            }
            ObjectNode after = next(state, event);
            born = after != state ? event.position() : born;
            state = after;
            last = event;
            progress.accept(++read);
            event = events.hasNext() ? events.next() : null;
        }
        waiting = event;
        addCalls(id, state, born);
        return new Thing(id, state, state == null ? null : fold.statusOf(state), disorder);
    }

    /** Of what was called for it, or in it, what came since it began; what is of things that are not there is passed over. */
    private void addCalls(String id, ObjectNode state, long born) {
        while (waitingCall != null || calls.hasNext()) {
            PlainLog.Call call = waitingCall != null ? waitingCall : calls.next();
            waitingCall = null;
            int order = Arrays.compareUnsigned(
                    call.of().getBytes(StandardCharsets.UTF_8), id.getBytes(StandardCharsets.UTF_8));
            if (order > 0) {
                waitingCall = call;
                return;
            }
            if (order == 0 && state != null && call.event().position() > born && taken.test(call.event())) {
                add(state, call.event());
            }
        }
    }

    private static void add(ObjectNode state, PlainEvent call) {
        try {
            PlainCalls.add(state, call.type(), PlainPayload.of(call, MAPPER));
        } catch (Unreadable nothingToTell) {
            // The view has put it aside.
        }
    }

    private ObjectNode next(ObjectNode state, PlainEvent event) {
        if (!taken.test(event)) {
            return state;
        }
        try {
            return fold.next(state, event, PlainPayload.of(event, MAPPER));
        } catch (Unreadable nothingToTell) {
            return state;
        }
    }

    @Override
    public void close() {
        stream.close();
        callStream.close();
    }
}
