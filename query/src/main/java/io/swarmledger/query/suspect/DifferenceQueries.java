package io.swarmledger.query.suspect;

import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.suspect.Differences.Difference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.queryhandling.QueryHandler;

/** Compares attempts at tasks that failed with those that were completed, and names the attempts that it counts. */
public final class DifferenceQueries {

    /** So many events are looked at. */
    static final int CONSIDERED = 20_000;

    /** With fewer on either side a share says nothing. */
    static final int LEAST = 5;

    private static final double UNLIKELY = 0.05;
    private static final String LIST = "attempts";

    private static final Comparator<Difference> SUREST_FIRST = Comparator.comparingDouble(Difference::p)
            .thenComparing(Comparator.<Difference>comparingDouble(one -> Math.abs(one.difference()))
                    .reversed())
            .thenComparing(one -> Attribute.LABELS.indexOf(one.attribute()))
            .thenComparing(Difference::value);

    private final EventLog log;

    public DifferenceQueries(EventLog log) {
        this.log = log;
    }

    /**
     * Attempts, and what was looked at for them.
     *
     * @param position of the last event that there was
     */
    private record Looked(List<Attempt> attempts, Window window, long position, boolean isWhole) {

        static Looked at(EventLog now, String swarmId, Double after, Double before, Long asked) {
            if (asked != null && asked < 0) {
                throw InvalidQuery.outOfRange("position", asked + " is less than 0");
            }
            long head = now.head();
            long position = asked == null ? head : BeyondHead.requireWithin(head, "position", asked);
            long upTo = before == null ? position : Math.min(position, now.positionAt(before));
            Window window = Window.of(now, swarmId, upTo, CONSIDERED, Attempts::isOfAttempts);
            List<Attempt> attempts = Attempts.in(
                    window,
                    now,
                    step -> (after == null || step.time() > after) && (before == null || step.time() < before));
            boolean isWhole = window.isWhole() || after != null && window.from() <= now.positionAt(after);
            return new Looked(attempts, window, position, isWhole);
        }
    }

    @QueryHandler
    Differences handle(FindDifferences query) {
        int limit = Paging.limit(query.limit(), FindDifferences.MAX_LIMIT);
        return log.asOfNow(now -> {
            Looked looked = Looked.at(now, query.swarmId(), query.after(), query.before(), query.position());
            List<Difference> compared = new ArrayList<>();
            long tooFew = 0;
            Fisher fisher = new Fisher(looked.attempts().size());
            for (Attribute attribute : Attribute.values()) {
                Compared one = new Compared(attribute.label(), looked.attempts());
                compared.addAll(one.differences(fisher));
                tooFew += one.tooFew;
            }
            long failed = looked.attempts().stream().filter(Attempt::isFailed).count();
            return new Differences(
                    query.swarmId(),
                    failed,
                    looked.attempts().size() - failed,
                    looked.window().considered(),
                    looked.window().from(),
                    looked.position(),
                    looked.isWhole(),
                    surestFirst(compared, limit),
                    compared.size(),
                    tooFew,
                    LEAST);
        });
    }

    private static List<Difference> surestFirst(List<Difference> compared, int limit) {
        Cut<Difference> page = new Cut<>(limit);
        compared.stream()
                .map(one -> clear(one, one.p() * compared.size() < UNLIKELY))
                .sorted(SUREST_FIRST)
                .takeWhile(one -> page.fits(one.characters()))
                .forEach(page::add);
        return page.items();
    }

    private static Difference clear(Difference one, boolean isClear) {
        return new Difference(
                one.attribute(),
                one.value(),
                one.failed(),
                one.completed(),
                one.otherFailed(),
                one.otherCompleted(),
                one.failureRate(),
                one.otherFailureRate(),
                one.difference(),
                one.p(),
                isClear);
    }

    /** How many failed. */
    private static final class Tally {

        private int failed;
        private int all;

        void add(Attempt attempt) {
            failed += attempt.isFailed() ? 1 : 0;
            all++;
        }
    }

    /** The values of an attribute. */
    private static final class Compared {

        private final String attribute;
        private final Map<String, Tally> byValue = new TreeMap<>();
        private final Tally known = new Tally();
        private long tooFew;

        Compared(String attribute, List<Attempt> attempts) {
            this.attribute = attribute;
            for (Attempt attempt : attempts) {
                List<String> values = attempt.values(attribute);
                values.forEach(value ->
                        byValue.computeIfAbsent(value, none -> new Tally()).add(attempt));
                if (!values.isEmpty()) {
                    known.add(attempt);
                }
            }
        }

        List<Difference> differences(Fisher fisher) {
            List<Difference> differences = new ArrayList<>();
            byValue.forEach((value, with) -> {
                if (with.all < LEAST || known.all - with.all < LEAST) {
                    tooFew++;
                } else {
                    differences.add(difference(value, with, fisher));
                }
            });
            return differences;
        }

        private Difference difference(String value, Tally with, Fisher fisher) {
            int completed = with.all - with.failed;
            int otherFailed = known.failed - with.failed;
            int otherCompleted = known.all - with.all - otherFailed;
            double rate = (double) with.failed / with.all;
            double otherRate = (double) otherFailed / (otherFailed + otherCompleted);
            return new Difference(
                    attribute,
                    value,
                    with.failed,
                    completed,
                    otherFailed,
                    otherCompleted,
                    rate,
                    otherRate,
                    rate - otherRate,
                    fisher.p(with.failed, completed, otherFailed, otherCompleted),
                    false);
        }
    }

    @QueryHandler
    Page<Attempt> handle(FindAttempts query) {
        int limit = Paging.limit(query.limit(), FindAttempts.MAX_LIMIT);
        requireOneOf("outcome", query.outcome(), Attempt.OUTCOMES);
        requireOneOf("attribute", query.attribute(), Attribute.LABELS);
        if ((query.attribute() == null) != (query.value() == null)) {
            throw InvalidQuery.malformed("value", "is given together with attribute, or neither is");
        }
        long behind = query.cursor() == null
                ? Long.MAX_VALUE
                : ((Number) Cursor.read(LIST, query.cursor(), Number.class).get(0)).longValue();
        return log.asOfNow(now -> {
            Looked looked = Looked.at(now, query.swarmId(), query.after(), query.before(), query.position());
            List<Attempt> wanted = new ArrayList<>(looked.attempts().stream()
                    .filter(one -> isWanted(query, one))
                    .toList());
            Collections.reverse(wanted);
            Cut<Attempt> page = new Cut<>(limit);
            wanted.stream()
                    .filter(one -> one.position() < behind)
                    .takeWhile(one -> page.fits(one.characters()))
                    .forEach(page::add);
            return new Page<>(
                    page.items(),
                    wanted.size(),
                    looked.isWhole(),
                    page.next(last -> Cursor.after(LIST, last.position())),
                    looked.position());
        });
    }

    private static void requireOneOf(String field, String value, List<String> known) {
        if (value != null && !known.contains(value)) {
            throw InvalidQuery.noneOf(field, value, known);
        }
    }

    private static boolean isWanted(FindAttempts query, Attempt attempt) {
        if (query.outcome() != null && !query.outcome().equals(attempt.outcome())) {
            return false;
        }
        if (query.attribute() == null) {
            return true;
        }
        List<String> values = attempt.values(query.attribute());
        return Boolean.TRUE.equals(query.others())
                ? !values.isEmpty() && !values.contains(query.value())
                : values.contains(query.value());
    }
}
