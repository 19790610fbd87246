package io.swarmledger.app.http.operations;

import io.swarmledger.app.view.DeadLetterDesk;
import io.swarmledger.app.view.FoldWatch;
import io.swarmledger.app.view.Lag;
import io.swarmledger.app.view.Lags;
import io.swarmledger.app.view.ProcessorFaults;
import io.swarmledger.app.view.ProcessorFaults.Fault;
import io.swarmledger.app.view.Projections;
import io.swarmledger.app.view.Replay;
import io.swarmledger.app.view.Replays;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.Generations.Standing;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks at how the projections stand now: for a request, a probe, a scrape. */
@Component
public class ProjectionStandings {

    private final Projections projections;
    private final JdbcClient views;
    private final Positions positions;
    private final DeadLetterDesk deadLetters;
    private final ProcessorFaults faults;
    private final Replays replays;
    private final EventProcessingConfiguration processors;
    private final Lags lags;
    private final FoldWatch folds;

    ProjectionStandings(
            Projections projections,
            ViewsFile views,
            Positions positions,
            DeadLetterDesk deadLetters,
            ProcessorFaults faults,
            Replays replays,
            EventProcessingConfiguration processors,
            Lags lags,
            FoldWatch folds) {
        this.projections = projections;
        this.views = Reading.statements(views.readers());
        this.positions = positions;
        this.deadLetters = deadLetters;
        this.faults = faults;
        this.replays = replays;
        this.processors = processors;
        this.lags = lags;
        this.folds = folds;
    }

    /** All of them. */
    public List<ProjectionStanding> all() {
        return projections.names().stream().map(this::of).toList();
    }

    /** How many events that one is behind. */
    long lag(String name) {
        long position = positions.of(name);
        return Math.max(0, positions.of(LedgerQuery.LOG) - position);
    }

    private ProjectionStanding of(String name) {
        // The head last: what a view has seen is never beyond it.
        Standing standing = Generations.of(views, name).orElseThrow();
        long head = positions.of(LedgerQuery.LOG);
        long letters = deadLetters.count(name);
        Optional<Fault> fault = faults.of(name);
        Lag lag = lags.of(name);
        String health = ProjectionStanding.OK;
        String reason = null;
        if (!isRunning(name) && !isReplayed(name)) {
            health = ProjectionStanding.STOPPED;
            reason = "its event processor does not run";
        } else if (folds.stuck().containsKey(name)) {
            health = ProjectionStanding.STOPPED;
            reason = folds.stuck().get(name);
        } else if (fault.isPresent()) {
            health = ProjectionStanding.FAILING;
            reason = "its batches fail and come again since "
                    + Instant.ofEpochMilli(fault.get().since());
        } else if (lag.isFault()) {
            health = lag.isStandstill() ? ProjectionStanding.STOPPED : ProjectionStanding.BEHIND;
            reason = lag.describe();
        } else if (letters > 0) {
            health = ProjectionStanding.DEGRADED;
            reason = letters + (letters == 1 ? " event was" : " events were")
                    + " put aside: retry or discard the dead letters";
        }
        return new ProjectionStanding(
                name,
                standing.position(),
                head,
                Math.max(0, head - standing.position()),
                standing.position() < head ? lag.age() : 0,
                health,
                reason,
                fault.map(Fault::message).orElse(null),
                letters,
                standing.live());
    }

    private boolean isRunning(String name) {
        return processors.eventProcessor(name).filter(EventProcessor::isRunning).isPresent();
    }

    /** At its end a replay pauses the processor. */
    private boolean isReplayed(String name) {
        return replays.latest(name)
                .map(Replay::done)
                .filter(done -> !done.isDone())
                .isPresent();
    }
}
