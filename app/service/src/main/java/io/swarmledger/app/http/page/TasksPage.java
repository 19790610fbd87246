package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.page.TaskLists.Listed;
import jakarta.servlet.http.HttpServletRequest;
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

    /** In the order in which a task has them. */
    private static final List<String> STATUSES =
            List.of("pending", "queued", "in-progress", "blocked", "completed", "failed", "cancelled");

    private final TaskLists tasks;
    private final TaskCharts charts;

    TasksPage(TaskLists tasks, TaskCharts charts) {
        this.tasks = tasks;
        this.charts = charts;
    }

    @GetMapping("/tasks")
    String page(@ModelAttribute("wish") TasksAsked wish, Model page) {
        Listed listed = tasks.list(wish);
        page.addAttribute("listed", listed);
        page.addAttribute("one", Given.orNull(wish.id()) == null ? null : tasks.one(wish.id(), listed.position()));
        page.addAttribute("isGraph", wish.isGraph());
        page.addAttribute("isFiltered", wish.isFiltered() || Range.current().isSet());
        page.addAttribute("last", charts.lastEvents(listed));
        page.addAttribute("statuses", STATUSES);
        page.addAttribute("priorities", List.of("critical", "high", "medium", "low"));
        return "tasks";
    }

    /** What has to be counted: it is fetched when the rest is there to be read. */
    @GetMapping("/tasks/later")
    String later(@ModelAttribute("wish") TasksAsked wish, HttpServletRequest request, Model page) {
        page.addAttribute(AroundPages.HERE, Here.at("/tasks", request))
                .addAttribute("counts", tasks.totals(wish.swarmId()))
                .addAttribute("statuses", STATUSES)
                .addAttribute("isNow", true)
                .addAttribute("isLater", false);
        return "tasks-later";
    }

    /** The same tasks, to be drawn. */
    @ResponseBody
    @GetMapping(path = "/tasks/chart", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> chart(@ModelAttribute("wish") TasksAsked wish) {
        Listed listed = tasks.list(wish);
        return wish.isGraph()
                ? charts.graph(listed)
                : charts.timeline(listed, listed.position() == null ? tasks.lastEvent() : listed.at());
    }
}
