package io.swarmledger.query.task;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskEvent;
import io.swarmledger.events.task.TaskStarted;
import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.task.Timelines.Span;
import io.swarmledger.query.task.Timelines.Timeline;
import io.swarmledger.query.view.UnreadableEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;

/** Tells from the log how tasks went on: the statuses that the fold gives them, with their times. */
public final class TimelineQueries {

    /** So many events of one task are told. */
    private static final int EVENTS_A_TASK = 1_000;

    /** So many spans are told in all. */
    private static final int MOST_SPANS = 20_000;

    private final EventLog log;
    private final EventReader reader;

    public TimelineQueries(EventLog log, EventReader reader) {
        this.log = log;
        this.reader = reader;
    }

    @QueryHandler
    Timelines handle(GetTimelines query) {
        List<String> ids = query.taskIds() == null ? List.of() : query.taskIds();
        if (ids.size() > GetTimelines.MAX_TASKS) {
            throw InvalidQuery.outOfRange("taskIds", ids.size() + " are more than " + GetTimelines.MAX_TASKS);
        }
        if (query.position() != null && query.position() < 0) {
            throw InvalidQuery.outOfRange("position", query.position() + " is less than 0");
        }
        Map<String, Telling> tasks = new LinkedHashMap<>();
        ids.forEach(id -> tasks.put(id, new Telling()));
        var told = new Object() {
            int spans;
            boolean isWhole = true;
        };
        long position = query.position() == null ? Long.MAX_VALUE : query.position();
        return log.asOfNow(now -> {
            if (query.position() != null) {
                BeyondHead.requireWithin(now.head(), "position", position);
            }
            tasks.forEach((id, telling) -> {
                int most = Math.min(EVENTS_A_TASK, MOST_SPANS - told.spans);
                now.stream(id, row -> {
                    if (row.position() > position) {
                        return false;
                    }
                    if (!"task".equals(row.aggregateType())) {
                        return true;
                    }
                    if (telling.events++ == most) {
                        told.isWhole = false;
                        return false;
                    }
                    telling.tell(row, reader);
                    return true;
                });
                told.spans += telling.spans.size();
            });
            return new Timelines(
                    told.isWhole,
                    tasks.entrySet().stream()
                            .filter(task -> !task.getValue().spans.isEmpty())
                            .map(task -> new Timeline(task.getKey(), List.copyOf(task.getValue().spans)))
                            .toList());
        });
    }

    /** One task, told event by event. */
    private static final class Telling {

        private static final TaskFold FOLD = new TaskFold();

        private final List<Span> spans = new ArrayList<>();
        private TaskState state;
        private int attempt;
        private int events;

        void tell(LogRow row, EventReader reader) {
            Recorded recorded = row.recorded();
            List<LedgerEvent> readable;
            try {
                readable = reader.events(row).toList();
            } catch (UnreadableEvent unreadable) {
                return;
            }
            readable.forEach(event -> tell(event, recorded, row.id()));
        }

        private void tell(LedgerEvent event, Recorded recorded, String eventId) {
            state = FOLD.evolve(state, event, recorded);
            if (state == null || !(event instanceof TaskEvent)) {
                return;
            }
            if (event instanceof TaskCreated) {
                spans.clear();
                attempt = 0;
            } else if (event instanceof TaskStarted) {
                attempt++;
            }
            end(recorded.timestamp());
            boolean isDone = state.status().equals("completed");
            spans.add(new Span(
                    state.status(),
                    state.assignedAgent(),
                    recorded.timestamp(),
                    isDone ? recorded.timestamp() : null,
                    eventId,
                    attempt));
        }

        /** Times may go back in history that was imported; a span does not. */
        private void end(double time) {
            if (!spans.isEmpty()) {
                Span open = spans.remove(spans.size() - 1);
                Double to = open.to() != null ? open.to() : Double.valueOf(Math.max(open.from(), time));
                spans.add(new Span(open.status(), open.agentId(), open.from(), to, open.eventId(), open.attempt()));
            }
        }
    }
}
