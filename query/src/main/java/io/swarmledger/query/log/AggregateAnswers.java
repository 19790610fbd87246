package io.swarmledger.query.log;

import io.swarmledger.query.LastUsed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers about aggregates. Each is remembered until something is recorded of its aggregate: the same is asked of many of
 * them again and again, by whoever watches, and little has changed. For any thread.
 */
public final class AggregateAnswers {

    /** After more events than these it is quicker to ask for each aggregate anew. */
    private static final int READ_ON = 20_000;

    private static final int AN_ANSWER = 150;

    private final LastUsed<String, Map<Question<?>, Object>> remembered;

    private long upTo;

    /**
     * Nothing yet.
     *
     * @param most aggregates at most of which anything is remembered
     * @param bytes of memory at most, as they are reckoned
     */
    public AggregateAnswers(int most, long bytes) {
        remembered = new LastUsed<>(most, bytes, AggregateAnswers::bytes);
    }

    /**
     * What can be asked of an aggregate, and answered by its events alone. Two that are equal have equal answers.
     *
     * @param <A> the answer, small and never {@code null}
     */
    public interface Question<A> {

        /** The answer as of that log. */
        A ask(EventLog log, String aggregateId);

        /** How much memory the question and its answer hold beside a few numbers, bytes. */
        default long bytes(A answer) {
            return 0;
        }
    }

    /**
     * The last event.
     *
     * @param upTo up to that position
     * @param types of any of these types; of any at all if there is none
     */
    private record Last(long upTo, List<String> types) implements Question<Optional<LastEvent>> {

        @Override
        public Optional<LastEvent> ask(EventLog log, String aggregateId) {
            return log.last(aggregateId, upTo, types.toArray(String[]::new)).map(LastEvent::of);
        }

        @Override
        public long bytes(Optional<LastEvent> answer) {
            return answer.map(event -> 2L * event.id().length()).orElse(0L);
        }
    }

    private static long bytes(String aggregateId, Map<Question<?>, Object> answers) {
        long bytes = 2L * aggregateId.length();
        for (Map.Entry<Question<?>, Object> answer : answers.entrySet()) {
            bytes += AN_ANSWER + bytes(answer.getKey(), answer.getValue());
        }
        return bytes;
    }

    @SuppressWarnings("unchecked")
    private static <A> long bytes(Question<A> question, Object answer) {
        return question.bytes((A) answer);
    }

    /** The answers as they are in that moment of the log: for whoever asks within it. */
    public Then asOf(EventLog now) {
        long head = now.head();
        synchronized (remembered) {
            if (head > upTo) {
                readOn(now, head);
            }
            return new Then(now, head);
        }
    }

    private void readOn(EventLog now, long head) {
        if (head - upTo > READ_ON) {
            remembered.clear();
        } else {
            EventSelection since = EventSelection.between(upTo, head, EventCriteria.ALL);
            now.excerpts(since, List.of(), 0, READ_ON, event -> remembered.remove(event.aggregateId()));
        }
        upTo = head;
    }

    /** The answers of one moment. For one thread. */
    public final class Then {

        private final EventLog log;
        private final long head;
        private final Map<String, Map<Question<?>, Object>> ofThisMoment = new HashMap<>();

        private Then(EventLog log, long head) {
            this.log = log;
            this.head = head;
        }

        /** The last event of an aggregate; of any of these types, or of any at all if there is none. */
        public Optional<LastEvent> last(String aggregateId, String... types) {
            return ask(aggregateId, new Last(Long.MAX_VALUE, List.of(types)));
        }

        /** Likewise, the last one before a position. */
        public Optional<LastEvent> before(String aggregateId, long position, String... types) {
            return ask(aggregateId, new Last(position - 1, List.of(types)));
        }

        @SuppressWarnings("unchecked")
        public <A> A ask(String aggregateId, Question<A> question) {
            Map<Question<?>, Object> answers = ofThisMoment.computeIfAbsent(aggregateId, this::known);
            A answer = (A) answers.get(question);
            if (answer == null) {
                answer = question.ask(log, aggregateId);
                answers.put(question, answer);
                remember(aggregateId, answers);
            }
            return answer;
        }

        /** Once somebody has read on, what is remembered is of a later moment. */
        private Map<Question<?>, Object> known(String aggregateId) {
            synchronized (remembered) {
                Map<Question<?>, Object> known = head == upTo ? remembered.get(aggregateId) : null;
                return known == null ? new HashMap<>() : new HashMap<>(known);
            }
        }

        private void remember(String aggregateId, Map<Question<?>, Object> answers) {
            synchronized (remembered) {
                if (head == upTo) {
                    remembered.put(aggregateId, Map.copyOf(answers));
                }
            }
        }
    }
}
