package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.text.TraceText;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.trace.GetTrace;
import io.swarmledger.query.trace.Link;
import io.swarmledger.query.trace.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What caused an event, to its left, and what it led to, to its right. */
@Hidden
@Controller
final class TracePage {

    private static final int LIMIT = 100;

    private final Gateways gateways;

    TracePage(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping("/trace/{id}")
    String page(@PathVariable String id, @RequestParam(required = false) Integer limit, Model page) {
        Trace trace = gateways.get(new GetTrace(id, limit == null ? LIMIT : limit), Trace.class, null, "event " + id);
        List<Link> causes = new ArrayList<>(trace.causes());
        Collections.reverse(causes);
        page.addAttribute("trace", trace)
                .addAttribute("causes", causes)
                .addAttribute("effects", asTree(trace))
                .addAttribute("said", Said.of(trace.event()))
                .addAttribute("stack", Said.stackOf(trace.event()))
                .addAttribute("failedTask", failedTask(trace))
                .addAttribute("text", TraceText.of(trace))
                .addAttribute("more", GetTrace.MAX_LIMIT);
        return "trace";
    }

    /** For ids that a path cannot say. */
    @GetMapping("/trace")
    String pageOfAnyId(@RequestParam String id, @RequestParam(required = false) Integer limit, Model page) {
        return page(id, limit, page);
    }

    /** The task that failed by this event, or else because of it; {@code null} if none did. */
    private static String failedTask(Trace trace) {
        return Stream.concat(Stream.of(trace.event()), trace.effects().stream().map(Link::event))
                .filter(event -> event != null && event.type().equals("task:failed"))
                .map(RecordedEvent::aggregateId)
                .findFirst()
                .orElse(null);
    }

    /** Each effect behind what it follows from; the trace itself has the nearest first. */
    private static List<Link> asTree(Trace trace) {
        Map<String, List<Link>> following = new LinkedHashMap<>();
        trace.effects().forEach(link -> following
                .computeIfAbsent(link.of(), of -> new ArrayList<>())
                .add(link));
        List<Link> tree = new ArrayList<>();
        Deque<Link> next = new ArrayDeque<>();
        push(next, following.remove(trace.event().id()));
        while (!next.isEmpty()) {
            Link link = next.pop();
            tree.add(link);
            push(
                    next,
                    link.event() == null ? null : following.remove(link.event().id()));
        }
        following.values().forEach(tree::addAll);
        return tree;
    }

    private static void push(Deque<Link> next, List<Link> links) {
        if (links != null) {
            for (int last = links.size() - 1; last >= 0; last--) {
                next.push(links.get(last));
            }
        }
    }
}
