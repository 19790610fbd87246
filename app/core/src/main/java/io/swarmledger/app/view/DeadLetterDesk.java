package io.swarmledger.app.view;

import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.Page;
import io.swarmledger.query.view.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcDeadLetter;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterProcessor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The dead letters of the projections as an operator sees them: listed, retried, discarded. The letters of one aggregate
 * are a sequence: its first could not be applied, the others wait behind it.
 */
public final class DeadLetterDesk {

    private static final String LIST = "dead-letters";

    private final JdbcClient views;
    private final Projections projections;
    private final DeadLetters queues;
    private final EventProcessingConfiguration processors;
    private final Runnable applied;

    /**
     * The desk.
     *
     * @param views connections that read the views' file
     * @param applied told after events were applied that could not be before
     */
    public DeadLetterDesk(
            DataSource views,
            Projections projections,
            DeadLetters queues,
            EventProcessingConfiguration processors,
            Runnable applied) {
        this.views = Reading.statements(views);
        this.projections = projections;
        this.queues = queues;
        this.processors = processors;
        this.applied = applied;
    }

    /**
     * One letter.
     *
     * @param place where it lies among all letters; later ones lie higher
     * @param sequence the id of the aggregate
     * @param first whether it is the one that the others of its sequence wait for
     * @param causeType the kind of failure, {@code null} if it only waits
     * @param enqueuedAt when it was put aside
     * @param lastTouched when it was last retried, or put aside
     */
    public record Letter(
            long place,
            String id,
            String sequence,
            boolean first,
            String eventId,
            String causeType,
            String causeMessage,
            Instant enqueuedAt,
            Instant lastTouched) {}

    /**
     * What a retry led to.
     *
     * @param applied how many letters are gone because their events were applied
     * @param remaining how many of those asked for are still there
     * @param cause why the first of them is, {@code null} if none is, or if each only waits
     */
    public record Retried(long applied, long remaining, String cause) {}

    /**
     * One page of the letters of a projection, in the order in which they were put aside. It ends before its limit where
     * there is no room for their events.
     *
     * @param cursor of the page, {@code null} for the first
     * @throws UnknownProjection if there is none of that name
     */
    public Page<Letter> page(String projection, int limit, String cursor) {
        long after = cursor == null
                ? 0
                : ((Number) Cursor.read(LIST, cursor, Number.class).get(0)).longValue();
        Cut<Letter> page = new Cut<>(limit);
        long total = count(projection);
        views.sql("SELECT octet_length(payload) + coalesce(octet_length(metaData), 0)"
                        + " + coalesce(octet_length(causeMessage), 0) AS bytes,"
                        + " rowid AS place, deadLetterIdentifier AS id, sequenceIdentifier AS sequence,"
                        + " sequenceIndex = (SELECT min(sequenceIndex) FROM DeadLetterEntry AS other"
                        + " WHERE other.processingGroup = letter.processingGroup"
                        + " AND other.sequenceIdentifier = letter.sequenceIdentifier) AS first,"
                        + " eventIdentifier AS eventId, causeType, causeMessage, enqueuedAt, lastTouched"
                        + " FROM DeadLetterEntry AS letter WHERE processingGroup = ? AND rowid > ?"
                        + " ORDER BY rowid LIMIT ?")
                .params(projection, after, page.toAskFor())
                .query(rows -> {
                    while (rows.next() && page.fits(rows.getLong("bytes"))) {
                        page.add(letter(rows));
                    }
                    return page;
                });
        return new Page<>(page.items(), total, true, page.next(last -> Cursor.after(LIST, last.place())));
    }

    private static Letter letter(ResultSet row) throws SQLException {
        return new Letter(
                row.getLong("place"),
                row.getString("id"),
                row.getString("sequence"),
                row.getBoolean("first"),
                row.getString("eventId"),
                row.getString("causeType"),
                row.getString("causeMessage"),
                Instant.parse(row.getString("enqueuedAt")),
                Instant.parse(row.getString("lastTouched")));
    }

    /** How many there are. */
    public long count(String projection) {
        projections.of(projection);
        return views.sql("SELECT count(*) FROM DeadLetterEntry WHERE processingGroup = ?")
                .param(projection)
                .query(Long.class)
                .single();
    }

    /**
     * Applies the events of the sequence that a letter is of, from its first on, until one fails again.
     *
     * @throws UnknownDeadLetter if there is none of that id
     */
    public Retried retry(String projection, String id) {
        String sequence = sequenceOf(projection, id);
        long newest = newestOf(projection, sequence);
        long before = remaining(projection, sequence, newest);
        processor(projection).process(letter -> sequence.equals(sequenceOf(letter)));
        long remaining = remaining(projection, sequence, newest);
        if (remaining < before) {
            applied.run();
        }
        return new Retried(before - remaining, remaining, remaining == 0 ? null : causeOf(projection, sequence));
    }

    /**
     * The same for every sequence, the one first that was not tried for longest.
     *
     * @param progress told how many sequences were tried
     * @param stopped asked before each whether to leave the rest
     */
    public Retried retryAll(String projection, LongConsumer progress, BooleanSupplier stopped) {
        long sequences = sequences(projection);
        long before = count(projection);
        Instant start = GenericDeadLetter.clock.instant();
        SequencedDeadLetterProcessor<EventMessage<?>> processor = processor(projection);
        for (long tried = 0; tried < sequences && !stopped.getAsBoolean(); tried++) {
            Due due = new Due(start);
            processor.process(due::test);
            if (!due.found) {
                break;
            }
            progress.accept(tried + 1);
        }
        long remaining = count(projection);
        if (remaining < before) {
            applied.run();
        }
        String cause = page(projection, 1, null).items().stream()
                .findFirst()
                .map(letter -> causeOf(projection, letter.sequence()))
                .orElse(null);
        return new Retried(Math.max(0, before - remaining), remaining, cause);
    }

    /** How many sequences there are. */
    public long sequences(String projection) {
        projections.of(projection);
        return views.sql("SELECT count(DISTINCT sequenceIdentifier) FROM DeadLetterEntry WHERE processingGroup = ?")
                .param(projection)
                .query(Long.class)
                .single();
    }

    /** A retry touches the letter that fails again, so that each sequence is due once. */
    private static final class Due implements Predicate<DeadLetter<?>> {

        private final Instant start;
        private boolean found;

        Due(Instant start) {
            this.start = start;
        }

        @Override
        public boolean test(DeadLetter<?> first) {
            boolean due = !first.lastTouched().isAfter(start);
            found |= due;
            return due;
        }
    }

    /**
     * Takes a letter away: its event is never applied to that view. Those behind it stay until they are retried.
     *
     * @throws UnknownDeadLetter if there is none of that id
     */
    public void discard(String projection, String id) {
        String sequence = sequenceOf(projection, id);
        // It goes by its id alone: whatever is in it need not be read.
        queues.of(projection)
                .evict(new JdbcDeadLetter<EventMessage<?>>(
                        id, 0, sequence, null, null, null, MetaData.emptyInstance(), null));
    }

    private static String sequenceOf(DeadLetter<?> letter) {
        return ((JdbcDeadLetter<?>) letter).getSequenceIdentifier();
    }

    private String sequenceOf(String projection, String id) {
        projections.of(projection);
        Optional<String> sequence = views.sql("SELECT sequenceIdentifier FROM DeadLetterEntry"
                        + " WHERE processingGroup = ? AND deadLetterIdentifier = ?")
                .params(projection, id)
                .query(String.class)
                .optional();
        return sequence.orElseThrow(() -> new UnknownDeadLetter(projection, id));
    }

    private long newestOf(String projection, String sequence) {
        return views.sql("SELECT coalesce(max(sequenceIndex), 0) FROM DeadLetterEntry"
                        + " WHERE processingGroup = ? AND sequenceIdentifier = ?")
                .params(projection, sequence)
                .query(Long.class)
                .single();
    }

    private long remaining(String projection, String sequence, long newest) {
        return views.sql("SELECT count(*) FROM DeadLetterEntry"
                        + " WHERE processingGroup = ? AND sequenceIdentifier = ? AND sequenceIndex <= ?")
                .params(projection, sequence, newest)
                .query(Long.class)
                .single();
    }

    private String causeOf(String projection, String sequence) {
        return views.sql("SELECT causeMessage FROM DeadLetterEntry WHERE processingGroup = ?"
                        + " AND sequenceIdentifier = ? ORDER BY sequenceIndex LIMIT 1")
                .params(projection, sequence)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(cause -> cause)
                .orElse(null);
    }

    private SequencedDeadLetterProcessor<EventMessage<?>> processor(String projection) {
        projections.of(projection);
        return processors
                .sequencedDeadLetterProcessor(projection)
                .orElseThrow(() -> new IllegalStateException("The processor " + projection + " has no dead letters"));
    }
}
