package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.events.Json;
import io.swarmledger.query.ViewBehind;
import io.swarmledger.query.activity.Activity;
import io.swarmledger.query.activity.Activity.Mark;
import io.swarmledger.query.activity.GetActivity;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** What everything was like at any moment, and what changed. */
@Hidden
@Controller
final class TimeMachinePage {

    /** So many steps are played before the next are asked for. */
    private static final int STEPS = 500;

    private static final String MILESTONE = "swarm:milestone-reached";

    /** Marks that are listed beneath the scrubber. */
    private static final int LISTED = 100;

    private final Gateways gateways;
    private final Moments moments;

    TimeMachinePage(Gateways gateways, Moments moments) {
        this.gateways = gateways;
        this.moments = moments;
    }

    /**
     * What a person wants to see.
     *
     * @param position after the event of that position; {@code null} for now, or for the moment that is given by a time
     * @param since the position that was seen before: what changed since is lit up
     * @param pin the position that it is compared with
     * @param aggregate the thing that is looked at
     * @param cursor where the page of a column ended
     * @param changes where the page of what changed since the pin ended
     */
    record MomentAsked(
            Long position,
            Moment at,
            Long since,
            Long pin,
            String aggregate,
            String swarmId,
            String cursor,
            String changes) {}

    @GetMapping("/time")
    String page(@ModelAttribute("wish") MomentAsked wish, HttpServletResponse response, Model page) {
        try {
            page.addAttribute("time", moments.view(wish));
            return "time";
        } catch (ViewBehind behind) {
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            page.addAttribute("behind", behind);
            return "time-not-yet";
        }
    }

    /** What counts the whole log: it is fetched when the rest is there to be read. */
    @GetMapping("/time/later")
    String later(@RequestParam(required = false) String swarmId, Model page) {
        String swarm = Given.orNull(swarmId);
        Activity activity = gateways.ask(GetActivity.whole().withSwarmId(swarm), Activity.class, null);
        page.addAttribute("marks", listed(activity.marks()))
                .addAttribute("markCount", activity.marks().size())
                .addAttribute("activity", Json.mapper().writeValueAsString(drawn(activity)))
                .addAttribute("address", new TimeAddress(null, null, null, swarm));
        return "time-later";
    }

    /** What is seldom, then the newest of what is not, in their order. */
    private static List<Mark> listed(List<Mark> marks) {
        return marks.stream()
                .sorted(Comparator.comparing((Mark mark) -> mark.type().equals(MILESTONE))
                        .thenComparing(Comparator.comparingLong(Mark::position).reversed()))
                .limit(LISTED)
                .sorted(Comparator.comparingLong(Mark::position))
                .toList();
    }

    /** Of marks of one type that would be drawn over each other the first is enough, and of each its place and look. */
    private static Activity drawn(Activity activity) {
        Set<String> drawn = new HashSet<>();
        List<Mark> marks = activity.marks().stream()
                .filter(mark -> drawn.add(
                        mark.type() + (long) ((mark.timestamp() - activity.from()) / activity.bucketMillis())))
                .map(mark -> new Mark(mark.position(), null, mark.type(), mark.timestamp(), null))
                .toList();
        return new Activity(activity.from(), activity.to(), activity.bucketMillis(), activity.buckets(), marks);
    }

    /** The part of the page that is of one moment. */
    @GetMapping("/time/moment")
    String moment(@ModelAttribute("wish") MomentAsked wish, Model page) {
        page.addAttribute("time", moments.view(wish));
        return "time :: moment";
    }

    /** Positions and times of the events behind a position, to be played. */
    @ResponseBody
    @GetMapping(path = "/time/steps", produces = MediaType.APPLICATION_JSON_VALUE)
    List<double[]> steps(@RequestParam long position, @RequestParam(required = false) String swarmId) {
        FindEvents ahead = FindEvents.all()
                .with(query -> query.afterPosition(position).swarmId(swarmId).limit(STEPS));
        return gateways.page(ahead, RecordedEvent.class, null).items().stream()
                .map(event -> new double[] {event.position(), event.timestamp()})
                .toList();
    }
}
