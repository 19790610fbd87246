package io.swarmledger.app.http.page;

import io.swarmledger.app.http.DoorPath;
import io.swarmledger.app.http.operations.ProjectionStanding;
import io.swarmledger.app.http.operations.ProjectionStandings;
import io.swarmledger.app.http.operations.Trouble;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.Positions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What every page has around it. */
@Component
final class Shell {

    private static final String OPERATOR = "operator";
    private static final String WRITER = "writer";

    private final Positions positions;
    private final ProjectionStandings standings;
    private final Trouble trouble;
    private final Clock clock;

    Shell(Positions positions, ProjectionStandings standings, Trouble trouble, Clock clock) {
        this.clock = clock;
        this.trouble = trouble;
        this.positions = positions;
        this.standings = standings;
    }

    /**
     * Around one page.
     *
     * @param head the last position when it was rendered: what is live goes on behind it
     * @param now the time of that, epoch milliseconds
     * @param theme light, dark, or empty for whatever the browser prefers
     * @param times how times are shown
     * @param range the time that is looked at
     * @param reach what of the page that limits
     * @param ofSwarm whether the page shows one swarm alone where that is asked for
     * @param caller the name of the token in use, empty where none is demanded
     * @param trouble why nothing is recorded any more; empty where all is well
     * @param health of the projections: the worst of them
     * @param operator whether the caller may do what only an operator may
     * @param writer whether the caller may have anything recorded
     */
    record Frame(
            long head,
            long now,
            String theme,
            Times times,
            Range range,
            String reach,
            boolean ofSwarm,
            String caller,
            String trouble,
            Look health,
            boolean operator,
            boolean writer,
            List<Door> doors) {}

    /**
     * A page that the navigation leads to.
     *
     * @param key which, after {@code g}, leads there
     * @param ofSwarm the page that it leads to while one swarm alone is looked at
     */
    record Door(String name, String path, String title, String key, String ofSwarm) {

        Door(String name, String path, String title, String key) {
            this(name, path, title, key, path);
        }
    }

    private static final List<Door> DOORS = List.of(
            new Door("overview", "/", "Overview", "o", "/swarm"),
            new Door("incidents", "/incidents", "Incidents", "i"),
            new Door("failures", "/failures", "Failures", "f"),
            new Door("time", "/time", "Time machine", "t"),
            new Door("run", "/run", "Runs", "r"),
            new Door("tasks", "/tasks", "Tasks", "k"),
            new Door("agents", "/agents", "Agents", "a"),
            new Door("memory", "/memory", "Memory", "m"),
            new Door("events", "/events", "Event log", "e"),
            new Door("operations", "/operations", "Operations", "p"));

    Frame around(HttpServletRequest request) {
        String caller = request.getRemoteUser();
        String path = DoorPath.within(request);
        return new Frame(
                positions.of(LedgerQuery.LOG),
                clock.millis(),
                Theme.of(request),
                Times.of(request),
                Range.of(request, clock.millis()),
                Reach.of(path),
                Reach.isOfSwarm(path),
                caller == null ? "" : caller,
                trouble.reason().orElse(""),
                health(),
                request.isUserInRole(OPERATOR),
                request.isUserInRole(WRITER),
                DOORS);
    }

    private Look health() {
        List<String> all =
                standings.all().stream().map(ProjectionStanding::health).toList();
        return Stream.of("failing", "stopped", "degraded")
                .filter(all::contains)
                .findFirst()
                .map(Look::of)
                .orElseGet(() -> Look.of("ok"));
    }
}
