package io.swarmledger.query.incident;

import io.swarmledger.query.failure.Failure;
import io.swarmledger.query.failure.Failures.Occurrence;
import io.swarmledger.query.failure.Fingerprint;
import io.swarmledger.query.incident.Chains.Chain;
import io.swarmledger.query.incident.Incident.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** A cause while it is looked at: what occurred because of it, or what stands still. */
final class Found {

    /** What occurred first within so many milliseconds is new. */
    private static final double NEW = 3_600_000;

    private static final int PARTS = 24;
    private static final String NO_MESSAGE = "(no message)";

    private final String id;
    private final IncidentRule rule;
    private final Hit hit = new Hit();
    private final List<Ended> chains = new ArrayList<>();
    private String title;
    private String tool;
    private Double since;
    private Double stuckAt;
    private Occurrence last;
    private Collection<String> blocked = Set.of();

    private Found(String id, IncidentRule rule) {
        this.id = id;
        this.rule = rule;
    }

    /** A chain of failures, and what became of it. */
    record Ended(Chain chain, Outcome outcome) {}

    /** The cause of a chain of failures. */
    static Found of(Failure root) {
        Found found = new Found(idOf(root), IncidentRule.FAILURE);
        found.tool = root.tool();
        return found;
    }

    static String idOf(Failure root) {
        return Hit.idOf(IncidentRule.FAILURE, root.fingerprint(), root.tool() == null ? "" : root.tool());
    }

    /**
     * What stands still.
     *
     * @param names what it is told from others by
     */
    static Found still(IncidentRule rule, String title, Double since, String... names) {
        Found found = new Found(Hit.idOf(rule, names), rule);
        found.title = title;
        found.since = since;
        return found;
    }

    Found with(String toolName) {
        tool = toolName;
        return this;
    }

    /** One more chain, later than those before. */
    void add(Chain chain, Outcome outcome) {
        chains.add(new Ended(chain, outcome));
    }

    /** The last that was heard of what stands still. */
    void lastHeard(Occurrence event) {
        if (event != null && (last == null || event.position() > last.position())) {
            last = event;
        }
    }

    void waitFor(Collection<String> tasks) {
        blocked = tasks;
    }

    String id() {
        return id;
    }

    IncidentRule rule() {
        return rule;
    }

    Hit hit() {
        return hit;
    }

    List<Ended> chains() {
        return chains;
    }

    /** Whether anything is as it was left. */
    boolean isUnmended() {
        return rule != IncidentRule.FAILURE || chains.stream().anyMatch(one -> one.outcome() == Outcome.FAILED);
    }

    Occurrence last() {
        return rule == IncidentRule.FAILURE ? occurrence(newest()) : last;
    }

    /** A chain may grow after others have begun. */
    private Failure newest() {
        return chains.stream()
                .map(one -> one.chain().last())
                .max(Comparator.comparingLong(Failure::position))
                .orElseThrow();
    }

    /** Whether any of it occurred within that time; what stands still has done so since it began to. */
    boolean isWithin(Double after, Double before) {
        if (rule != IncidentRule.FAILURE) {
            return before == null || since == null || since < before;
        }
        return chains.stream()
                .flatMap(one -> one.chain().links().stream())
                .mapToDouble(link -> link.failure().timestamp())
                .anyMatch(time -> (after == null || time > after) && (before == null || time < before));
    }

    /** Whether somebody knew of it after it had occurred last. */
    boolean isKnown(Incident.Acknowledgement known) {
        return known != null
                && (last() == null || known.position() > last().position())
                && (stuckAt == null || known.at() >= stuckAt);
    }

    /** When it was for too long: nobody can have known of it before. */
    void stuckAt(double time) {
        stuckAt = stuckAt == null ? time : Double.valueOf(Math.max(stuckAt, time));
    }

    /** It stands still since then, if not for longer. */
    void since(double time) {
        since = since == null ? time : Double.valueOf(Math.min(since, time));
    }

    private static Occurrence occurrence(Failure failure) {
        return new Occurrence(failure.eventId(), failure.position(), failure.timestamp(), failure.aggregateId());
    }

    private long count(Outcome outcome) {
        return chains.stream().filter(one -> one.outcome() == outcome).count();
    }

    /**
     * The incident.
     *
     * @param known what somebody said of it last, {@code null} if nobody did
     * @param now epoch milliseconds
     */
    Incident told(Incident.Acknowledgement known, double now) {
        boolean isKnown = isKnown(known);
        boolean isOpen = isUnmended() && !isKnown;
        IncidentBuilder incident = hit.told(IncidentBuilder.builder())
                .id(id)
                .rule(rule.label())
                .tool(tool)
                .open(isOpen)
                .last(last())
                .blocked(Hit.listed(blocked))
                .blockedCount(blocked.size())
                .acknowledged(isKnown ? known : null);
        if (rule != IncidentRule.FAILURE) {
            return incident.title(Fingerprint.cut(title, Fingerprint.SHOWN))
                    .status(isKnown ? "acknowledged" : "stuck")
                    .since(since)
                    .count(1)
                    .build();
        }
        Failure first = chains.get(0).chain().root();
        Failure newest = chains.get(chains.size() - 1).chain().root();
        return incident.title(
                        newest.message() == null || newest.message().isBlank()
                                ? NO_MESSAGE
                                : Fingerprint.cut(newest.message().strip(), Fingerprint.SHOWN))
                .cause(newest.fingerprint())
                .status(status(isKnown, known, now))
                .since(first.timestamp())
                .first(occurrence(first))
                .count(chains.size())
                .recovered(count(Outcome.RECOVERED))
                .ended(count(Outcome.ENDED))
                .trend(trend(now))
                .build();
    }

    private String status(boolean isKnown, Incident.Acknowledgement known, double now) {
        if (!isUnmended()) {
            return count(Outcome.RECOVERED) > 0 ? "recovered" : "ended";
        }
        if (isKnown) {
            return "acknowledged";
        }
        boolean wasMended = known != null;
        for (Ended one : chains) {
            if (one.outcome() == Outcome.FAILED && wasMended) {
                return "recurring";
            }
            wasMended = wasMended || one.outcome() == Outcome.RECOVERED;
        }
        return chains.get(0).chain().root().timestamp() > now - NEW ? "new" : "failed";
    }

    private Trend trend(double now) {
        double[] times = chains.stream()
                .mapToDouble(one -> one.chain().root().timestamp())
                .toArray();
        double from = Arrays.stream(times).min().orElse(now);
        double to = Math.max(now, Arrays.stream(times).max().orElse(now));
        long[] counts = new long[PARTS];
        for (double time : times) {
            counts[to == from ? PARTS - 1 : (int) Math.min(PARTS - 1, (time - from) / (to - from) * PARTS)]++;
        }
        return new Trend(from, to, LongStream.of(counts).boxed().toList());
    }
}
