package io.swarmledger.app.http.page;

import io.swarmledger.app.door.Moment;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.page.TimeMachinePage.MomentAsked;
import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.GetNeighbours;
import io.swarmledger.query.log.Neighbours;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.swarm.SwarmState;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.Change;
import io.swarmledger.query.timetravel.Changes;
import io.swarmledger.query.timetravel.FindChanges;
import io.swarmledger.query.timetravel.StateOfAll;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.UnreadableEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Puts together what the time machine shows of one moment. */
@Component
final class Moments {

    /** Things in a column. */
    private static final int SHOWN = 40;

    /** Things that changed and are none of those in their column. */
    private static final int LIT_APART = 10;

    private static final int CHANGES = 50;

    /** Whoever jumped further wants to know what the last event changed, not what everything in between did. */
    private static final long STRIDE = 200;

    private final Gateways gateways;
    private final Positions positions;
    private final Fields fields;

    Moments(Gateways gateways, Positions positions, Show show) {
        this.gateways = gateways;
        this.positions = positions;
        this.fields = new Fields(show);
    }

    /**
     * One moment.
     *
     * @param isPast whether it is before the last event
     * @param at the latest time of an event until then, {@code null} at the beginning
     * @param event the last one until then
     * @param lit what it changed, or what changed since the position that was seen before
     * @param selected the thing that is looked at, {@code null} for none
     * @param pinned {@code null} where nothing is compared
     */
    record View(
            boolean isPast,
            long head,
            long position,
            Double at,
            RecordedEvent event,
            List<Lit> lit,
            List<Column> columns,
            Selected selected,
            Pinned pinned,
            TimeAddress address) {}

    /** A thing that changed. */
    record Lit(Change change, List<Fields.Changed> fields) {

        /** What became of it, with a sign that does without colour. */
        public String kind() {
            return switch (change.kind()) {
                case appeared -> "+ appeared";
                case ended -> "− ended";
                case changed -> "± changed";
            };
        }
    }

    /**
     * The things of one type.
     *
     * @param counts by status, only of what there is
     * @param more the cursor of the rest, {@code null} if there is none
     */
    record Column(String type, String title, Map<String, Long> counts, long total, List<Card> cards, String more) {}

    /**
     * A thing.
     *
     * @param lit what just changed of it, {@code null} if nothing did
     */
    record Card(String type, String id, String status, String title, String detail, Lit lit) {}

    /**
     * The thing that is looked at.
     *
     * @param facts what it was like, none if it was not there
     */
    record Selected(String id, Neighbours around, String type, List<Fields.Fact> facts, String unreadable) {}

    /**
     * What changed from the earlier to the later of the moment and the one that is pinned.
     *
     * @param isAhead whether the pinned moment is the later one
     */
    record Pinned(
            long position, Double at, boolean isAhead, List<Lit> changes, long total, boolean isExact, String next) {}

    View view(MomentAsked wish) {
        long head = positions.of(LedgerQuery.LOG);
        if (wish.pin() != null) {
            BeyondHead.requireWithin(head, "pin", wish.pin());
        }
        AllThen then = gateways.ask(
                new StateOfAll(
                        wish.cursor() == null ? wish.position() : null,
                        wish.cursor() == null ? Moment.millisOf(wish.at()) : null,
                        wish.swarmId(),
                        false,
                        SHOWN,
                        wish.cursor()),
                AllThen.class,
                null);
        long position = then.position();
        boolean isPast = (wish.position() != null || wish.at() != null || wish.cursor() != null) && position < head;
        long since = wish.since() != null && wish.since() < position && position - wish.since() <= STRIDE
                ? wish.since()
                : Math.max(0, position - 1);
        List<Lit> lit = changes(since, position, wish.swarmId(), null).changes().items().stream()
                .map(this::lit)
                .toList();
        return new View(
                isPast,
                Math.max(head, position),
                position,
                then.at(),
                eventAt(position),
                lit,
                columns(then, lit, position),
                wish.aggregate() == null || wish.aggregate().isEmpty() ? null : selected(wish.aggregate(), position),
                wish.pin() == null ? null : pinned(wish, position),
                new TimeAddress(isPast ? Long.valueOf(position) : null, wish.pin(), wish.aggregate(), wish.swarmId()));
    }

    private Changes changes(long from, long to, String swarmId, String cursor) {
        return gateways.ask(
                new FindChanges(
                        cursor == null ? from : null, null, cursor == null ? to : null, null, swarmId, CHANGES, cursor),
                Changes.class,
                null);
    }

    private Lit lit(Change change) {
        return new Lit(change, fields.of(change));
    }

    private RecordedEvent eventAt(long position) {
        return position == 0
                ? null
                : gateways
                        .page(
                                FindEvents.all().with(query -> query.afterPosition(position - 1)
                                        .limit(1)),
                                RecordedEvent.class,
                                null)
                        .items()
                        .stream()
                        .findFirst()
                        .orElse(null);
    }

    private List<Column> columns(AllThen then, List<Lit> lit, long position) {
        Map<String, Lit> byThing = new LinkedHashMap<>();
        lit.forEach(one -> byThing.put(one.change().type() + " " + one.change().id(), one));
        return List.of(
                column("swarm", "Swarms", then.counts().get("swarms"), then.swarms(), byThing, position),
                column("agent", "Agents", then.counts().get("agents"), then.agents(), byThing, position),
                column("task", "Tasks", then.counts().get("tasks"), then.tasks(), byThing, position),
                column("memory", "Memories", then.counts().get("memories"), then.memories(), byThing, position));
    }

    private Column column(
            String type,
            String title,
            Map<String, Long> counts,
            io.swarmledger.query.Page<?> things,
            Map<String, Lit> lit,
            long position) {
        List<Card> listed =
                things.items().stream().map(thing -> card(thing, lit)).toList();
        List<String> ids = listed.stream().map(Card::id).toList();
        Stream<Card> apart = lit.values().stream()
                .filter(one -> one.change().type().equals(type))
                .filter(one -> !ids.contains(one.change().id()))
                .limit(LIT_APART)
                .map(one -> apart(one, position));
        Map<String, Long> there = new LinkedHashMap<>(counts);
        there.values().removeIf(count -> count == 0);
        return new Column(
                type,
                title,
                there,
                things.total(),
                Stream.concat(apart, listed.stream()).toList(),
                things.next());
    }

    private static Card card(Object thing, Map<String, Lit> lit) {
        if (thing instanceof AgentView view) {
            return card("agent", view.agent(), lit);
        }
        if (thing instanceof SwarmView view) {
            return card(view.swarm(), view.seenAgents() + " agents", lit);
        }
        return card(thing instanceof TaskState ? "task" : "memory", thing, lit);
    }

    private static Card card(String type, Object thing, Map<String, Lit> lit) {
        if (thing instanceof io.swarmledger.query.agent.AgentState agent) {
            return new Card(
                    type,
                    agent.id(),
                    agent.status(),
                    agent.role(),
                    agent.currentTask() == null ? agent.taskCount() + " done" : "at " + agent.currentTask(),
                    lit.get(type + " " + agent.id()));
        }
        if (thing instanceof TaskState task) {
            return new Card(
                    type,
                    task.id(),
                    task.status(),
                    task.title(),
                    task.assignedAgent(),
                    lit.get(type + " " + task.id()));
        }
        if (thing instanceof SwarmState swarm) {
            return card(swarm, "scaled to " + swarm.agentCount(), lit);
        }
        MemoryState memory = (MemoryState) thing;
        return new Card(
                type,
                memory.id(),
                memory.status(),
                memory.key(),
                memory.namespace() + ", read " + memory.accessCount() + "×",
                lit.get(type + " " + memory.id()));
    }

    private static Card card(SwarmState swarm, String agents, Map<String, Lit> lit) {
        return new Card(
                "swarm",
                swarm.id(),
                swarm.status(),
                swarm.phase() == null ? swarm.topology() : swarm.phase(),
                agents + ", " + swarm.errorCount() + " errors",
                lit.get("swarm " + swarm.id()));
    }

    /** A thing that changed and is no longer there, or far down its column. */
    private Card apart(Lit lit, long position) {
        Change change = lit.change();
        Object state = stateThen(change.id(), around(change.id(), position));
        return state == null
                ? new Card(change.type(), change.id(), change.kind().name(), null, null, lit)
                : card(change.type(), state, Map.of(change.type() + " " + change.id(), lit));
    }

    private Neighbours around(String id, long position) {
        return gateways.ask(new GetNeighbours(id, position), Neighbours.class, null);
    }

    private Object stateThen(String id, Neighbours around) {
        if (around.current() == null) {
            return null;
        }
        StateThen then = gateways.ask(new StateOf(id, around.current().version(), null), StateThen.class, null);
        return then == null ? null : then.state();
    }

    private Selected selected(String id, long position) {
        Neighbours around = around(id, position);
        try {
            Object state = stateThen(id, around);
            return new Selected(
                    id,
                    around,
                    around.current() == null ? null : around.current().aggregateType(),
                    state == null ? List.of() : fields.of(state),
                    null);
        } catch (UnreadableEvent unreadable) {
            return new Selected(id, around, around.current().aggregateType(), List.of(), unreadable.getMessage());
        }
    }

    private Pinned pinned(MomentAsked wish, long position) {
        long pin = wish.pin();
        boolean isAhead = pin > position;
        Changes changes = changes(isAhead ? position : pin, isAhead ? pin : position, wish.swarmId(), wish.changes());
        RecordedEvent event = eventAt(pin);
        return new Pinned(
                pin,
                event == null ? null : event.timestamp(),
                isAhead,
                changes.changes().items().stream().map(this::lit).toList(),
                changes.changes().total(),
                changes.changes().totalIsExact(),
                changes.changes().next());
    }
}
