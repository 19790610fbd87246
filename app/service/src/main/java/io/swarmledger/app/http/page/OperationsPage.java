package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.alert.Alerts;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.operations.Operation;
import io.swarmledger.app.http.operations.Operations;
import io.swarmledger.app.http.operations.ProjectionStanding;
import io.swarmledger.app.http.operations.ProjectionStandings;
import io.swarmledger.app.view.DeadLetterDesk;
import io.swarmledger.app.view.DeadLetterDesk.Letter;
import io.swarmledger.app.view.Replay;
import io.swarmledger.app.view.Replays;
import io.swarmledger.query.log.GetEvent;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import io.swarmledger.query.log.RecordedEvent;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How the views stand and what is done about them: replays, dead letters, backups, verifications. */
@Hidden
@Controller
final class OperationsPage {

    private static final int LETTERS = 50;
    private static final int OPERATIONS = 20;

    private final Gateways gateways;
    private final ProjectionStandings standings;
    private final Replays replays;
    private final DeadLetterDesk desk;
    private final Operations operations;
    private final Alerts alerts;
    private final Fields fields;

    OperationsPage(
            Gateways gateways,
            ProjectionStandings standings,
            Replays replays,
            DeadLetterDesk desk,
            Operations operations,
            Alerts alerts,
            Show show) {
        this.gateways = gateways;
        this.standings = standings;
        this.replays = replays;
        this.desk = desk;
        this.operations = operations;
        this.alerts = alerts;
        this.fields = new Fields(show);
    }

    /**
     * A view, and its last replay.
     *
     * @param replay {@code null} if there was none since the service started
     */
    record View(ProjectionStanding standing, Replay.Progress replay) {

        public boolean isReplayed() {
            return replay != null && replay.state().equals("running");
        }
    }

    /**
     * A dead letter.
     *
     * @param event {@code null} if the log has it no more
     * @param cause the kind of failure, {@code null} if it only waits
     */
    record Put(Letter letter, RecordedEvent event, String cause) {}

    @GetMapping("/operations")
    String page(
            @RequestParam(required = false) String letters, @RequestParam(required = false) String cursor, Model page) {
        List<View> views = standings.all().stream()
                .map(standing -> new View(
                        standing,
                        replays.latest(standing.name()).map(Replay::progress).orElse(null)))
                .toList();
        List<Operation.Status> all = operations.all();
        String chosen = chosen(letters, views);
        page.addAttribute("views", views)
                .addAttribute("anyReplayed", views.stream().anyMatch(View::isReplayed))
                .addAttribute("fields", fields)
                .addAttribute("rules", alerts.standings())
                .addAttribute("rulesFault", alerts.fault().orElse(null))
                .addAttribute("delivery", alerts.delivery().orElse(null))
                .addAttribute("operations", all.subList(0, Math.min(OPERATIONS, all.size())))
                .addAttribute(
                        "isBusy",
                        views.stream().anyMatch(View::isReplayed)
                                || all.stream().anyMatch(one -> one.finishedAt() == null))
                .addAttribute("chosen", chosen)
                .addAttribute(
                        "letters",
                        desk.page(chosen, LETTERS, Given.orNull(cursor)).map(this::put));
        return "operations";
    }

    /** Whose dead letters are shown: those that are asked for, or the first that there are. */
    private static String chosen(String letters, List<View> views) {
        return Given.orNull(letters) != null
                ? letters
                : views.stream()
                        .map(View::standing)
                        .filter(view -> view.deadLetters() > 0)
                        .findFirst()
                        .map(ProjectionStanding::name)
                        .orElse(views.get(0).standing().name());
    }

    private Put put(Letter letter) {
        String type = letter.causeType();
        return new Put(
                letter,
                gateways.ask(new GetEvent(letter.eventId()), RecordedEvent.class, null),
                type == null ? null : type.substring(type.lastIndexOf('.') + 1));
    }

    /** A part of the page that is fetched when the rest is there: it counts the whole log. */
    @GetMapping("/operations/types")
    String types(Model page) {
        LedgerStats stats = gateways.ask(new GetStats(null, 1), LedgerStats.class, null);
        long most = stats.eventsByType().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(1);
        page.addAttribute("stats", stats)
                .addAttribute("most", most)
                .addAttribute(
                        "types",
                        stats.eventsByType().entrySet().stream()
                                .sorted(Map.Entry.<String, Long>comparingByValue()
                                        .reversed())
                                .toList());
        return "types";
    }
}
