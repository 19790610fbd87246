package io.swarmledger.app.http.page;

import io.swarmledger.app.door.NotThere;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.page.StatusCounts.Count;
import io.swarmledger.query.BeyondHead;
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
import io.swarmledger.query.timetravel.FindTasksThen;
import io.swarmledger.query.timetravel.StateOfAll;
import io.swarmledger.query.view.Positions;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The tasks that a person wants to see: those of now from their view, those of a moment from the index of all moments. */
@Component
final class TaskLists {

    private static final int LIMIT = 100;

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
     * @param task {@code null} if there was none of that id at that moment
     * @param isWhole whether all of its events were looked at for the spans
     */
    record One(String id, TaskState task, List<Span> spans, boolean isWhole) {}

    /**
     * The task of that id, at that position or now.
     *
     * @throws NotThere if there is none of that id, and was none at that position
     */
    One one(String id, Long position) {
        TaskState task = position == null ? now(id) : then(id, position);
        if (task == null) {
            now(id);
        }
        Timelines told = gateways.ask(new GetTimelines(List.of(id), position), Timelines.class, null);
        List<Timeline> timelines = told.timelines();
        return new One(
                id, task, timelines.isEmpty() ? List.of() : timelines.get(0).spans(), told.isWhole());
    }

    private TaskState now(String id) {
        return gateways.get(new GetTask(id), TaskState.class, null, "task " + id);
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
        long head = positions.of(LedgerQuery.LOG);
        if (wish.position() == null || BeyondHead.requireWithin(head, "position", wish.position()) == head) {
            return new Listed(null, null, null, ordered(wish, gateways.page(asked(wish), TaskState.class, null)));
        }
        AllThen all = gateways.ask(
                StateOfAll.at(wish.position()).with(query -> query.swarmId(Given.orNull(wish.swarmId()))
                        .limit(1)),
                AllThen.class,
                null);
        return new Listed(
                wish.position(),
                all.at(),
                Totals.of(all.counts().get("tasks"), all.position()),
                ordered(wish, gateways.page(new FindTasksThen(asked(wish), wish.position()), TaskState.class, null)));
    }

    private static Page<TaskState> ordered(TasksAsked wish, Page<TaskState> page) {
        return NaturalOrder.of(page, Given.orNull(wish.cursor()), Given.orNull(wish.sort()), TaskState::id);
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

    private static FindTasks asked(TasksAsked wish) {
        Range range = Range.current();
        return new FindTasks(
                Given.orNull(wish.status()),
                Given.orNull(wish.agent()),
                Given.orNull(wish.type()),
                Given.orNull(wish.priority()),
                wish.stuck(),
                Given.orNull(wish.swarmId()),
                range.from(),
                range.to(),
                LIMIT,
                Given.orNull(wish.cursor()),
                Given.orNull(wish.sort()));
    }
}
