package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.page.TaskLists.Listed;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.ResponseBody;

/** What was to be done, by whom, and what became of it; now or at a moment of the time machine. */
@Hidden
@Controller
final class TasksPage {

    private final TaskLists tasks;
    private final TaskCharts charts;

    TasksPage(TaskLists tasks, TaskCharts charts) {
        this.tasks = tasks;
        this.charts = charts;
    }

    /**
     * What a person wants to see; what is {@code null} or empty says nothing.
     *
     * @param agent assigned to the agent of that id
     * @param position as it was after the event of that position; {@code null} for now
     * @param id the task that is shown by itself
     * @param view {@code graph} for what depends on what, otherwise what went on when
     */
    record Wish(
            String status,
            String agent,
            String type,
            String priority,
            String swarmId,
            String cursor,
            Long position,
            String id,
            String view) {

        boolean isGraph() {
            return "graph".equals(view);
        }
    }

    @GetMapping("/tasks")
    String page(@ModelAttribute("wish") Wish wish, Model page) {
        Listed listed = tasks.list(wish);
        page.addAttribute("listed", listed);
        page.addAttribute("one", Given.orNull(wish.id()) == null ? null : tasks.one(wish.id(), listed.position()));
        page.addAttribute("isGraph", wish.isGraph());
        page.addAttribute("last", charts.lastEvents(listed));
        page.addAttribute("statuses", List.of("pending", "queued", "in-progress", "blocked", "completed", "failed"));
        page.addAttribute("priorities", List.of("critical", "high", "medium", "low"));
        return "tasks";
    }

    /** The same tasks, to be drawn. */
    @ResponseBody
    @GetMapping(path = "/tasks/chart", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> chart(@ModelAttribute("wish") Wish wish) {
        Listed listed = tasks.list(wish);
        return wish.isGraph() ? charts.graph(listed) : charts.timeline(listed);
    }
}
