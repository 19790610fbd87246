package io.swarmledger.app.http.operations;

import io.swarmledger.app.check.ViewChecks;
import io.swarmledger.app.door.NothingFollowed;
import io.swarmledger.app.http.DoorPath;
import io.swarmledger.app.view.Replay;
import io.swarmledger.app.view.Replays;
import io.swarmledger.query.Page;
import io.swarmledger.query.ReadModels;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The projections: how they stand, their replays and their checks. */
@RestController
@RequestMapping("/api/projections")
class ProjectionEndpoints {

    /** Instead of a name: all of them, from one reading of the log. */
    private static final String ALL = "all";

    private final ProjectionStandings standings;
    private final Replays replays;
    private final ViewChecks checks;
    private final Operations operations;
    private final ReadModels models;
    private final Map<String, Operation> lastChecks = new ConcurrentHashMap<>();

    ProjectionEndpoints(
            ProjectionStandings standings,
            Replays replays,
            ViewChecks checks,
            Operations operations,
            ReadModels models) {
        this.standings = standings;
        this.replays = replays;
        this.checks = checks;
        this.operations = operations;
        this.models = models;
    }

    @GetMapping
    Page<ProjectionStanding> projections() {
        List<ProjectionStanding> all = standings.all();
        return new Page<>(all, all.size(), true, null);
    }

    /** Begins to rebuild a view, or {@value #ALL}; queries go on answering from what is there. */
    @PostMapping("/{name}/replay")
    ResponseEntity<Replay.Progress> replay(@PathVariable String name) {
        return followed(name, replays.start(name.equals(ALL) ? models.projections() : List.of(name)));
    }

    /** How far the last replay is, or how it ended. */
    @GetMapping("/{name}/replay")
    Replay.Progress progress(@PathVariable String name) {
        return last(name).progress();
    }

    /** Gives a replay up. */
    @DeleteMapping("/{name}/replay")
    ResponseEntity<Replay.Progress> cancel(@PathVariable String name) {
        return followed(name, replays.cancel(last(name).progress().projections().get(0)));
    }

    /** Holds a view against the log, as an operation; a view that says otherwise is a result too. */
    @PostMapping("/{name}/check")
    ResponseEntity<Operation.Status> check(@PathVariable String name) {
        Operation check = operations.begin("check", checks.events(name), progress -> checks.run(name, progress));
        lastChecks.put(name, check);
        return OperationEndpoints.followed(check);
    }

    /** How far the last check is, or what it found. */
    @GetMapping("/{name}/check")
    Operation.Status checked(@PathVariable String name) {
        checks.requireKnown(name);
        Operation check = lastChecks.get(name);
        if (check == null) {
            throw new NothingFollowed("No check of " + name + " began since the service started");
        }
        return check.status();
    }

    private static ResponseEntity<Replay.Progress> followed(String name, Replay replay) {
        return ResponseEntity.accepted()
                .location(URI.create(DoorPath.outside("/api/projections/" + name + "/replay")))
                .body(replay.progress());
    }

    private Replay last(String name) {
        return replays.latest(name.equals(ALL) ? models.projections().get(0) : name)
                .filter(replay ->
                        !name.equals(ALL) || replay.progress().projections().containsAll(models.projections()))
                .orElseThrow(() -> new NothingFollowed("No replay of " + name + " began since the service started"));
    }
}
