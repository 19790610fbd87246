package io.swarmledger.app.http.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.swarmledger.app.view.DeadLetterDesk;
import io.swarmledger.app.view.Replays;
import io.swarmledger.query.ReadModels;
import org.springframework.stereotype.Component;

/** How the projections stand, in numbers; looked up when somebody asks. */
@Component
class ProjectionMetrics implements MeterBinder {

    private final ProjectionStandings standings;
    private final DeadLetterDesk deadLetters;
    private final Replays replays;
    private final ReadModels models;

    ProjectionMetrics(ProjectionStandings standings, DeadLetterDesk deadLetters, Replays replays, ReadModels models) {
        this.standings = standings;
        this.deadLetters = deadLetters;
        this.replays = replays;
        this.models = models;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (String name : models.projections()) {
            Gauge.builder("ledger.projection.lag", standings, one -> one.lag(name))
                    .description("Events of the log that queries of the view have not seen")
                    .tag("projection", name)
                    .register(meters);
            Gauge.builder("ledger.dead.letters", deadLetters, desk -> desk.count(name))
                    .description("Events that could not be applied, or wait behind one that could not")
                    .tag("projection", name)
                    .register(meters);
        }
        Gauge.builder("ledger.replays", replays, this::underWay)
                .description("Views that are being rebuilt")
                .register(meters);
    }

    private long underWay(Replays replays) {
        return models.projections().stream()
                .flatMap(name -> replays.latest(name).stream())
                .filter(replay -> !replay.done().isDone())
                .count();
    }
}
