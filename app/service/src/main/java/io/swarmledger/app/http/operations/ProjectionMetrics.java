package io.swarmledger.app.http.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.swarmledger.app.view.DeadLetterDesk;
import io.swarmledger.app.view.Replays;
import io.swarmledger.query.view.ProjectionNames;
import org.springframework.stereotype.Component;

/** How the projections stand, in numbers; looked up when somebody asks. */
@Component
class ProjectionMetrics implements MeterBinder {

    private final ProjectionStandings standings;
    private final DeadLetterDesk deadLetters;
    private final Replays replays;

    ProjectionMetrics(ProjectionStandings standings, DeadLetterDesk deadLetters, Replays replays) {
        this.standings = standings;
        this.deadLetters = deadLetters;
        this.replays = replays;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (String name : ProjectionNames.ALL) {
            Gauge.builder("ledger.projection.lag", standings, one -> one.lag(name))
                    .description("Events of the log that queries of the view have not seen")
                    .tag("projection", name)
                    .register(meters);
            Gauge.builder("ledger.dead.letters", deadLetters, desk -> desk.count(name))
                    .description("Events that could not be applied, or wait behind one that could not")
                    .tag("projection", name)
                    .register(meters);
        }
        Gauge.builder("ledger.replays", replays, ProjectionMetrics::underWay)
                .description("Views that are being rebuilt")
                .register(meters);
    }

    private static long underWay(Replays replays) {
        return ProjectionNames.ALL.stream()
                .flatMap(name -> replays.latest(name).stream())
                .filter(replay -> !replay.done().isDone())
                .count();
    }
}
