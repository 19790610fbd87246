package io.swarmledger.app.http.page;

import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.page.StatusCounts.Count;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.GetNeighbours;
import io.swarmledger.query.log.Neighbours;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.GetTaskStatistics;
import io.swarmledger.query.task.GetTimelines;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.task.TaskStatistics;
import io.swarmledger.query.task.Timelines;
import io.swarmledger.query.task.Timelines.Span;
import io.swarmledger.query.task.Timelines.Timeline;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.StateOfAll;
import io.swarmledger.query.view.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The tasks that a person wants to see: those of now from their view, those of a moment from the index of all moments. */
@Component
final class TaskLists {

    private static final int LIMIT = 100;

    /** Tasks of a moment that are looked at together: no index knows which of them a filter leaves. */
    private static final int AT_ONCE = 200;

    /** Tasks of a moment that are looked at for one page; behind them a cursor leads on. */
    private static final int LOOKED_AT = 5_000;

    private final Gateways gateways;
    private final Positions positions;

    TaskLists(Gateways gateways, Positions positions) {
        this.gateways = gateways;
        this.positions = positions;
    }

    /**
     * One page of tasks.
     *
     * @param position of the moment; {@code null} for now
     * @param at the latest time of an event until then, {@code null} if there is none
     * @param counts by status, of all tasks whatever the filters; {@code null} for now: that has to be counted
     */
    record Listed(Long position, Double at, Totals counts, Page<TaskState> page) {}

    /**
     * How many tasks there are, of whatever status, and in each of them.
     *
     * @param position that they were counted at
     */
    record Totals(List<Count> byStatus, long position) {

        static Totals of(Map<String, Long> byStatus, long position) {
            return new Totals(
                    byStatus.entrySet().stream()
                            .map(status -> new Count(status.getKey(), status.getValue()))
                            .toList(),
                    position);
        }

        public long total() {
            return byStatus.stream().mapToLong(Count::total).sum();
        }

        /** {@code null} if it is a status that none can have. */
        public Count of(String status) {
            return byStatus.stream()
                    .filter(count -> count.status().equals(status))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * One task.
     *
     * @param task {@code null} if there is, or was, none of that id
     * @param isWhole whether all of its events were looked at for the spans
     */
    record One(String id, TaskState task, List<Span> spans, boolean isWhole) {}

    /** The task of that id, at that position or now. */
    One one(String id, Long position) {
        Timelines told = gateways.ask(new GetTimelines(List.of(id), position), Timelines.class, null);
        List<Timeline> timelines = told.timelines();
        return new One(
                id,
                position == null ? gateways.ask(new GetTask(id), TaskState.class, null) : then(id, position),
                timelines.isEmpty() ? List.of() : timelines.get(0).spans(),
                told.isWhole());
    }

    private TaskState then(String id, long position) {
        RecordedEvent last = gateways.ask(new GetNeighbours(id, position), Neighbours.class, null)
                .current();
        StateThen then =
                last == null ? null : gateways.ask(new StateOf(id, last.version(), null), StateThen.class, null);
        return then != null && then.state() instanceof TaskState task ? task : null;
    }

    /** Of now no more is asked than the view of the tasks: it is there when the index of all moments is not yet. */
    Listed list(TasksAsked wish) {
        boolean isPast = wish.position() != null && wish.position() < positions.of(LedgerQuery.LOG);
        if (!isPast) {
            return new Listed(null, null, null, now(wish));
        }
        if (wish.stuck() != null) {
            throw InvalidQuery.malformed("stuck", "is known of now alone: leave out position");
        }
        AllThen first = gateways.ask(
                StateOfAll.at(wish.position()).with(query -> query.swarmId(Given.orNull(wish.swarmId()))
                        .limit(1)),
                AllThen.class,
                null);
        Totals counts = Totals.of(first.counts().get("tasks"), first.position());
        return new Listed(wish.position(), first.at(), counts, then(wish, first.tasks()));
    }

    /** How many there are now. */
    Totals totals(String swarmId) {
        TaskStatistics now = gateways.ask(new GetTaskStatistics(Given.orNull(swarmId)), TaskStatistics.class, null);
        return Totals.of(now.byStatus(), now.position());
    }

    /** When the last event was, {@code null} if there is none. */
    Double lastEvent() {
        return gateways
                .page(FindEvents.all().with(all -> all.descending(true).limit(1)), RecordedEvent.class, null)
                .items()
                .stream()
                .findFirst()
                .map(RecordedEvent::timestamp)
                .orElse(null);
    }

    private Page<TaskState> now(TasksAsked wish) {
        return gateways.page(
                new FindTasks(
                        Given.orNull(wish.status()),
                        Given.orNull(wish.agent()),
                        Given.orNull(wish.type()),
                        Given.orNull(wish.priority()),
                        wish.stuck(),
                        Given.orNull(wish.swarmId()),
                        LIMIT,
                        Given.orNull(wish.cursor())),
                TaskState.class,
                null);
    }

    /** From the first of them on, as the wish has it: a cursor leads over tasks alone, and of all else nothing is folded. */
    private Page<TaskState> then(TasksAsked wish, Page<TaskState> first) {
        boolean isFiltered = Given.orNull(wish.status()) != null
                || Given.orNull(wish.agent()) != null
                || Given.orNull(wish.type()) != null
                || Given.orNull(wish.priority()) != null;
        boolean goesOn = Given.orNull(wish.cursor()) != null;
        List<TaskState> found = new ArrayList<>();
        long looked = 0;
        String cursor = wish.cursor();
        if (!goesOn) {
            first.items().stream().filter(task -> matches(wish, task)).forEach(found::add);
            looked = first.items().size();
            cursor = first.next();
        }
        while (cursor != null && found.size() < LIMIT && looked < LOOKED_AT) {
            String from = cursor;
            int most = isFiltered ? AT_ONCE : LIMIT - found.size();
            Page<TaskState> page = gateways.ask(
                            StateOfAll.now().with(query -> query.cursor(from)
                                    .swarmId(Given.orNull(wish.swarmId()))
                                    .limit(most)),
                            AllThen.class,
                            null)
                    .tasks();
            page.items().stream().filter(task -> matches(wish, task)).forEach(found::add);
            looked += page.items().size();
            cursor = page.next();
        }
        return new Page<>(found, isFiltered ? found.size() : first.total(), !isFiltered || cursor == null, cursor);
    }

    private static boolean matches(TasksAsked wish, TaskState task) {
        return matches(wish.status(), task.status())
                && matches(wish.agent(), task.assignedAgent())
                && matches(wish.type(), task.type())
                && matches(wish.priority(), task.priority());
    }

    private static boolean matches(String asked, String value) {
        return Given.orNull(asked) == null || Objects.equals(asked, value);
    }
}
