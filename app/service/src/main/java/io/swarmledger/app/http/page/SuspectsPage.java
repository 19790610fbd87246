package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.suspect.FindSuspects;
import io.swarmledger.query.suspect.Suspects;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who may have caused a failure, each step and each event that shows it one click away. */
@Hidden
@Controller
final class SuspectsPage {

    private static final int LIMIT = 50;
    private static final int IN_PART = 3;

    private final Gateways gateways;

    SuspectsPage(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping("/suspects")
    String page(
            @RequestParam(required = false) String taskId, @RequestParam(required = false) String swarmId, Model page) {
        String task = Given.orNull(taskId);
        String swarm = Given.orNull(swarmId);
        page.addAttribute("found", found(task, swarm, task != null ? "task " + task : "swarm " + swarm));
        return "suspects";
    }

    /** The worst of a task, a part of other pages that is fetched when the rest is there. */
    @GetMapping("/suspects/part")
    String part(@RequestParam String taskId, Model page) {
        page.addAttribute("found", found(taskId, null, "task " + taskId)).addAttribute("most", IN_PART);
        return "suspects-part";
    }

    private Suspects found(String task, String swarm, String what) {
        return gateways.get(new FindSuspects(task, swarm, LIMIT), Suspects.class, null, what);
    }
}
