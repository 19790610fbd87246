package io.swarmledger.query.failure;

import io.swarmledger.query.LastUsed;
import io.swarmledger.query.log.AggregateAnswers;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads the newest failures of the log, each with who was at work on what. For any thread. */
public final class NewestFailures {

    /** So many failures are considered. */
    public static final int CONSIDERED = 10_000;

    /** So many are looked at to find them, most of which may be of swarms that are over. */
    private static final int LOOKED_AT = 10 * CONSIDERED;

    private static final int ROWS_AT_ONCE = 500;
    private static final int REMEMBERED = 2 * CONSIDERED;
    private static final long REMEMBERED_BYTES = 16L << 20;
    private static final int A_FAILURE = 300;

    private static final int ANSWERED = 50_000;
    private static final long ANSWERED_BYTES = 24L << 20;

    private static final String STARTED = "task:started";
    private static final String DONE = "agent:task-completed";
    private static final List<String> WORK = List.of(STARTED, "agent:task-assigned", DONE);

    /** So far back in its own stream it is looked up who was at work on what failed. */
    private static final int NEAR = 50;

    private static final List<String> TEXTS = List.of("error", "tool", "taskId", "stack");

    /**
     * By their positions. Events do not change, nor what came before them, and the same ones are asked for again and again
     * while somebody watches.
     */
    private final LastUsed<Long, Failure> known =
            new LastUsed<>(REMEMBERED, REMEMBERED_BYTES, (position, failure) -> A_FAILURE + 2 * failure.characters());

    private final AggregateAnswers answers = new AggregateAnswers(ANSWERED, ANSWERED_BYTES);

    /** For whoever asks what came before these failures, and what became of them. */
    public AggregateAnswers answers() {
        return answers;
    }

    /**
     * Hands them to {@code visitor}, the newest first, {@value #CONSIDERED} at most, and as many more of swarms that are
     * over: those crowd out no others.
     *
     * @param asked of which of them, whose types are some of {@link FailureTypes#ALL}
     * @param upTo up to that position
     * @param isOver whether a swarm is over
     * @return whether there are no others
     */
    public boolean each(
            EventLog log, EventCriteria asked, long upTo, Predicate<String> isOver, Consumer<Failure> visitor) {
        EventSelection ahead =
                EventSelection.of(asked.withFailed(true)).withNewestFirst(true).withUpTo(upTo);
        int read = 0;
        int over = 0;
        boolean isWhole = true;
        List<Failure> some = some(log, ahead);
        while (!some.isEmpty()) {
            for (Failure failure : some) {
                if (isOver.test(failure.swarmId())) {
                    isWhole &= over < CONSIDERED;
                    if (over++ >= CONSIDERED) {
                        continue;
                    }
                } else if (read++ == CONSIDERED) {
                    return false;
                }
                visitor.accept(failure);
            }
            if (read + over >= LOOKED_AT) {
                return false;
            }
            some = some(log, ahead.withUpTo(some.get(some.size() - 1).position() - 1));
        }
        return isWhole;
    }

    /** A few at a time: a message may be long. */
    private List<Failure> some(EventLog log, EventSelection ahead) {
        List<Failure> some = new ArrayList<>();
        log.excerpts(ahead, List.of(), 0, ROWS_AT_ONCE, event -> some.add(known.get(event.position())));
        return some.contains(null) ? read(log, ahead) : some;
    }

    private List<Failure> read(EventLog log, EventSelection ahead) {
        List<Excerpt> events = new ArrayList<>();
        log.excerpts(ahead, TEXTS, Fingerprint.MOST, ROWS_AT_ONCE, events::add);
        Map<Long, Excerpt> work = log.preceding(
                events.stream().map(Excerpt::position).toList(), WORK, NEAR, List.of("agentId", "taskId"));
        List<Failure> read = events.stream()
                .map(event -> failure(event, work.get(event.position())))
                .toList();
        read.forEach(failure -> known.put(failure.position(), failure));
        return read;
    }

    private Failure failure(Excerpt event, Excerpt work) {
        String type = event.type();
        boolean isToolCall = type.equals(FailureTypes.TOOL_CALLED);
        boolean isCall = FailureTypes.CALLS.contains(type);
        boolean isAgents = isCall || type.equals("agent:failed");
        boolean isTasks = type.equals("task:failed");
        String with = workedWith(work);
        return new Failure(
                event.position(),
                event.id(),
                type,
                event.aggregateId(),
                event.timestamp(),
                event.swarmId(),
                event.causationId(),
                event.texts().get(0),
                Fingerprint.of(event.texts().get(0), event.texts().get(3)),
                isToolCall ? event.texts().get(1) : null,
                isAgents ? event.aggregateId() : isTasks ? with : null,
                isCall ? event.texts().get(2) : isTasks ? event.aggregateId() : isAgents ? with : null,
                with == null ? 0 : work.position());
    }

    /** Whom the event before the failure names; nobody once the work was done. */
    private static String workedWith(Excerpt work) {
        if (work == null || work.type().equals(DONE)) {
            return null;
        }
        return work.texts().get(work.type().equals(STARTED) ? 0 : 1);
    }
}
