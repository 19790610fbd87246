package io.swarmledger.app.http.page;

import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.page.TaskLists.Listed;
import io.swarmledger.query.task.GetTimelines;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.task.Timelines;
import io.swarmledger.query.task.Timelines.Span;
import io.swarmledger.query.task.Timelines.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What is drawn of a page of tasks. Texts are made fit to be seen here: what draws them shows what it is given. */
@Component
final class TaskCharts {

    private static final int TITLE = 60;

    /** Things that others depend on and that are on no page with them, drawn by their id alone. */
    private static final int OTHERS = 100;

    private static final int EDGES = 1_000;

    private final Gateways gateways;
    private final Show show;

    TaskCharts(Gateways gateways, Show show) {
        this.gateways = gateways;
        this.show = show;
    }

    private Timelines timelines(Listed listed) {
        List<String> ids = listed.page().items().stream()
                .map(TaskState::id)
                .limit(GetTimelines.MAX_TASKS)
                .toList();
        return gateways.ask(new GetTimelines(ids, listed.position()), Timelines.class, null);
    }

    /** By task, the event that it has its status from. */
    Map<String, Span> lastEvents(Listed listed) {
        Map<String, Span> last = new HashMap<>();
        timelines(listed)
                .timelines()
                .forEach(timeline -> last.put(
                        timeline.taskId(), timeline.spans().get(timeline.spans().size() - 1)));
        return last;
    }

    /**
     * Drawn over time.
     *
     * @param end of what goes on, epoch milliseconds, {@code null} if nothing has happened
     */
    Map<String, Object> timeline(Listed listed, Double end) {
        Map<String, TaskState> states = new HashMap<>();
        listed.page().items().forEach(task -> states.put(task.id(), task));
        Timelines timelines = timelines(listed);
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("end", end);
        chart.put("isWhole", timelines.isWhole());
        chart.put(
                "tasks",
                timelines.timelines().stream()
                        .map(timeline -> drawn(states.get(timeline.taskId()), timeline))
                        .toList());
        return chart;
    }

    private Map<String, Object> drawn(TaskState task, Timeline timeline) {
        Map<String, Object> drawn = node(task);
        drawn.put(
                "spans",
                timeline.spans().stream()
                        .map(span -> {
                            Map<String, Object> part = new LinkedHashMap<>();
                            part.put("status", span.status());
                            part.put("agent", show.id(span.agentId()));
                            part.put("from", span.from());
                            part.put("to", span.to());
                            part.put("attempt", span.attempt());
                            part.put("href", show.trace(span.eventId()));
                            return part;
                        })
                        .toList());
        return drawn;
    }

    private Map<String, Object> node(TaskState task) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("id", show.id(task.id()));
        node.put("title", show.line(task.title(), TITLE));
        node.put("status", show.line(task.status(), TITLE));
        node.put("href", Address.of("/tasks").with("id", task.id()).orNothing());
        return node;
    }

    /** What depends on what. Nodes are named by numbers, whatever their ids are. */
    Map<String, Object> graph(Listed listed) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (TaskState task : listed.page().items()) {
            numbers.put(task.id(), nodes.size());
            nodes.add(node(task));
        }
        int most = nodes.size() + OTHERS;
        List<List<Object>> edges = new ArrayList<>();
        boolean isWhole = true;
        for (TaskState task : listed.page().items()) {
            Set<String> before = new LinkedHashSet<>();
            Stream.of(task.dependencies(), task.blockedBy()).forEach(before::addAll);
            for (String id : before) {
                if (edges.size() >= EDGES || !numbers.containsKey(id) && nodes.size() >= most) {
                    isWhole = false;
                    continue;
                }
                int number = numbers.computeIfAbsent(id, other -> {
                    nodes.add(elsewhere(other));
                    return nodes.size() - 1;
                });
                edges.add(
                        List.of(number, numbers.get(task.id()), task.blockedBy().contains(id)));
            }
        }
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("isWhole", isWhole);
        chart.put("nodes", nodes);
        chart.put("edges", edges);
        return chart;
    }

    private Map<String, Object> elsewhere(String id) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("id", show.id(id));
        node.put("title", "");
        node.put("status", "elsewhere");
        node.put("href", Address.of("/tasks").with("id", id).orNothing());
        return node;
    }
}
