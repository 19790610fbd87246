package io.swarmledger.app.http.page;

import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.run.FindMatches;
import io.swarmledger.query.run.GetLanes;
import io.swarmledger.query.run.GetRun;
import io.swarmledger.query.run.Lanes;
import io.swarmledger.query.run.Lanes.Bin;
import io.swarmledger.query.run.Lanes.Call;
import io.swarmledger.query.run.Lanes.Mark;
import io.swarmledger.query.run.Lanes.Stretch;
import io.swarmledger.query.run.Lanes.Work;
import io.swarmledger.query.run.RunComparison;
import io.swarmledger.query.run.RunMatches;
import io.swarmledger.query.run.RunSummary;
import io.swarmledger.query.run.RunSummary.Lane;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The lanes of a run, those of some agents at a time. Texts are made fit to be seen here: what draws them shows what it is given. */
@Component
final class RunLanes {

    /** So many lanes are on a page. */
    private static final int LANES = 20;

    private static final int TITLE = 60;
    private static final int SAID = 160;
    private static final List<String> ORDERS = List.of("name", "worst");

    private static final Comparator<Lane> BY_NAME = Comparator.comparing((Lane lane) -> lane.agentId() == null)
            .thenComparing(lane -> lane.agentId() == null ? "" : lane.agentId(), NaturalOrder.INSTANCE);

    private static final Comparator<Lane> WORST_FIRST = Comparator.comparing(Lane::failures)
            .thenComparing(Lane::errors)
            .thenComparing(Lane::failedCalls)
            .reversed()
            .thenComparing(BY_NAME);

    private final Gateways gateways;
    private final Show show;

    RunLanes(Gateways gateways, Show show) {
        this.gateways = gateways;
        this.show = show;
    }

    /**
     * The run that a person wants to see; what is {@code null} or empty says nothing.
     *
     * @param order of the lanes: name or worst
     * @param lane from that lane on, from 0
     * @param position of the event at which the cursor is
     * @param pin the position that that moment is compared with
     * @param beside the run that it is held beside
     * @param like the run in whose order the lanes are, each where its match is
     * @param field only tasks that differ in that
     * @param cursor of the list of swarms, or of what differs
     */
    record RunAsked(
            String swarmId,
            String order,
            Integer lane,
            Long position,
            Long pin,
            String beside,
            String like,
            String field,
            String cursor) {

        public boolean isWorstFirst() {
            return "worst".equals(Given.oneOf(ORDERS, "order", order));
        }

        /**
         * What is wrong with it is told before anything is read.
         *
         * @throws InvalidQuery naming the field
         */
        void check() {
            isWorstFirst();
            firstLane();
            Given.oneOf(RunComparison.FIELDS, "field", field);
        }

        int firstLane() {
            if (lane != null && lane < 0) {
                throw InvalidQuery.outOfRange("lane", lane + " is less than 0");
            }
            return lane == null ? 0 : lane;
        }
    }

    /**
     * A run, and which of its lanes are seen.
     *
     * @param lanes of these
     * @param first which of all of them the first one is, from 0
     * @param total how many there are
     * @param next where the next ones begin; {@code null} if these are the last
     */
    record Shown(RunSummary summary, List<Lane> lanes, int first, int total, Integer next, Integer previous) {}

    Shown shown(RunAsked wish) {
        RunSummary run = run(wish.swarmId());
        int first = Math.min(wish.firstLane(), Math.max(0, run.agents().size() - 1));
        List<Lane> lanes = run.agents().stream()
                .sorted(order(wish))
                .skip(first)
                .limit(LANES)
                .toList();
        int behind = first + lanes.size();
        return new Shown(
                run,
                lanes,
                first,
                run.agents().size(),
                behind < run.agents().size() ? behind : null,
                first > 0 ? Math.max(0, first - LANES) : null);
    }

    private Comparator<Lane> order(RunAsked wish) {
        Comparator<Lane> order = wish.isWorstFirst() ? WORST_FIRST : BY_NAME;
        String like = Given.orNull(wish.like());
        if (like == null) {
            return order;
        }
        Map<String, String> matches = gateways.ask(new FindMatches(like, wish.swarmId(), null), RunMatches.class, null)
                .agents();
        Map<String, Integer> places = new HashMap<>();
        run(like).agents().stream()
                .filter(lane -> lane.agentId() != null)
                .sorted(order)
                .forEach(lane -> places.put(matches.get(lane.agentId()), places.size()));
        return Comparator.comparing((Lane lane) -> places.getOrDefault(lane.agentId(), Integer.MAX_VALUE))
                .thenComparing(BY_NAME);
    }

    private RunSummary run(String swarmId) {
        return gateways.get(new GetRun(swarmId), RunSummary.class, null, "event of swarm " + swarmId);
    }

    /** The same, to be drawn; in so many parts where it is too much to be drawn one by one. */
    Map<String, Object> drawn(RunAsked wish, Double after, Double before, int bins) {
        Shown run = shown(wish);
        List<String> ids = run.lanes().stream()
                .map(lane -> lane.agentId() == null ? "" : lane.agentId())
                .toList();
        Lanes lanes = gateways.get(
                new GetLanes(wish.swarmId(), Given.orNull(wish.like()), ids, after, before, bins),
                Lanes.class,
                null,
                "event of swarm " + wish.swarmId());
        Map<String, Object> drawn = new LinkedHashMap<>();
        drawn.put("after", lanes.after());
        drawn.put("before", lanes.before());
        drawn.put("isEach", lanes.isEach());
        drawn.put("things", lanes.things());
        drawn.put("bins", bins);
        drawn.put("stretches", lanes.stretches().stream().map(RunLanes::stretch).toList());
        drawn.put(
                "lanes",
                lanes.lanes().stream()
                        .map(lane -> lane(lane, run.lanes().get(lanes.lanes().indexOf(lane))))
                        .toList());
        return drawn;
    }

    private static List<Object> stretch(Stretch one) {
        return List.of(one.from(), one.to(), one.at(), one.until(), one.isGap());
    }

    private Map<String, Object> lane(Lanes.Lane lane, Lane agent) {
        Map<String, Object> drawn = new LinkedHashMap<>();
        drawn.put("id", lane.agentId());
        drawn.put("name", agent.agentId() == null ? "nobody yet" : show.id(agent.agentId()));
        drawn.put("about", about(agent));
        drawn.put("work", lane.work().stream().map(this::work).toList());
        drawn.put("calls", lane.calls().stream().map(this::call).toList());
        drawn.put("marks", lane.marks().stream().map(this::mark).toList());
        drawn.put("bins", lane.bins().stream().map(RunLanes::bin).toList());
        return drawn;
    }

    /** What a lane says beside its name. */
    private String about(Lane agent) {
        StringBuilder about = new StringBuilder();
        add(about, agent.role() == null ? null : show.line(agent.role(), 30));
        add(about, counted(agent.attempts(), "attempt", "attempts"));
        add(about, counted(agent.failures(), "of them failed", "of them failed"));
        add(about, counted(agent.errors(), "error of its own", "errors of its own"));
        add(about, counted(agent.calls(), "call", "calls"));
        add(about, counted(agent.failedCalls(), "of them failed", "of them failed"));
        add(about, counted(agent.tokens(), "token", "tokens"));
        add(about, cost(agent));
        return about.toString();
    }

    /** {@code null} where there is none. */
    private String counted(long count, String one, String more) {
        return count == 0 ? null : show.number(count) + ' ' + (count == 1 ? one : more);
    }

    /** As pages tell money; {@code null} if nobody told it. */
    private static String cost(Lane agent) {
        return agent.costUsd() == null ? null : String.format(Locale.ROOT, "$%.2f", agent.costUsd());
    }

    private static void add(StringBuilder about, String part) {
        if (part != null && !part.isEmpty()) {
            about.append(about.isEmpty() ? "" : " · ").append(part);
        }
    }

    private Map<String, Object> work(Work work) {
        Map<String, Object> drawn = new LinkedHashMap<>();
        drawn.put("id", show.id(work.taskId()));
        drawn.put("title", show.line(work.title(), TITLE));
        drawn.put("attempt", work.attempt());
        drawn.put("waited", work.waited());
        drawn.put("from", work.began());
        drawn.put("to", work.ended());
        drawn.put("outcome", work.outcome());
        drawn.put("position", work.end() == 0 ? work.from() : work.end());
        drawn.put("said", show.line(work.said(), SAID));
        return drawn;
    }

    private Map<String, Object> call(Call call) {
        Map<String, Object> drawn = new LinkedHashMap<>();
        drawn.put("from", call.began());
        drawn.put("to", call.ended());
        drawn.put("model", call.isModel());
        drawn.put("what", show.line(call.what(), TITLE));
        drawn.put("failed", call.failed());
        drawn.put("position", call.position());
        drawn.put("said", show.line(call.said(), SAID));
        return drawn;
    }

    private Map<String, Object> mark(Mark mark) {
        Map<String, Object> drawn = new LinkedHashMap<>();
        drawn.put("at", mark.at());
        drawn.put("type", mark.type());
        drawn.put("failed", mark.failed());
        drawn.put("position", mark.position());
        drawn.put("said", show.line(mark.said(), SAID));
        return drawn;
    }

    private static List<Object> bin(Bin bin) {
        return List.of(
                bin.at(),
                Math.round(bin.busy() * 100),
                Math.round(bin.waiting() * 100),
                bin.ended(),
                bin.calls(),
                bin.failures(),
                bin.messages());
    }
}
