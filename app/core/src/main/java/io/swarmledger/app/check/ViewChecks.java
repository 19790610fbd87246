package io.swarmledger.app.check;

import io.swarmledger.app.check.plain.PlainLog;
import io.swarmledger.app.check.plain.PlainReading;
import io.swarmledger.app.view.Projections;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.timetravel.Moments;
import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.Projection;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds a view against a second reading of the log, thing by thing and field by field, at one position: what users are
 * answered on one side, what a plain retelling of the events says on the other; of the application's own views what their
 * own fold says, and of these the index of all moments too. Nothing is written and nobody waits: it
 * reads one moment of the views' file, through connections of its own, while the view goes on.
 */
public final class ViewChecks {

    private final Projections projections;
    private final PlainLog log;
    private final EventLog events;
    private final EventReader reader;
    private final Reading views;
    private final Moments moments;
    private final LongPredicate momentsReach;
    private final AgentHealth health;

    /**
     * Checks of the views in that file.
     *
     * @param log for those that every ledger has
     * @param events for those of the application
     * @param views connections that only read
     * @param moments of the application's own things
     * @param momentsReach waits a little until the index of all moments has seen a position, and answers whether it has
     */
    public ViewChecks(
            Projections projections,
            PlainLog log,
            EventLog events,
            EventReader reader,
            DataSource views,
            Moments moments,
            LongPredicate momentsReach,
            AgentHealth health) {
        this.projections = projections;
        this.log = log;
        this.events = events;
        this.reader = reader;
        this.views = new Reading(views);
        this.moments = moments;
        this.momentsReach = momentsReach;
        this.health = health;
    }

    /**
     * Does nothing.
     *
     * @throws io.swarmledger.app.view.UnknownProjection if there is no projection of that name
     */
    public void requireKnown(String name) {
        projections.of(name);
    }

    /**
     * How many events a check of that view reads, if none is appended until then.
     *
     * @throws io.swarmledger.app.view.UnknownProjection if there is no projection of that name
     */
    public long events(String name) {
        ReadModel<?> model = projections.of(name).model();
        return isOfLedger(model) ? log.count(PlainReading.typesOf(model.type())) : events.head();
    }

    /**
     * Checks a view.
     *
     * @param progress told how many events have been read; what it throws ends the check
     * @throws io.swarmledger.app.view.UnknownProjection if there is no projection of that name
     */
    public ViewCheck run(String name, LongConsumer progress) {
        Projection<?> projection = projections.of(name);
        return views.read(moment -> isOfLedger(projection.model())
                ? compare(projection, moment, progress)
                : refold(projection, moment, progress));
    }

    private <S> ViewCheck refold(Projection<S> projection, JdbcClient moment, LongConsumer progress) {
        Refold<S> refold = new Refold<>(projection, events, reader, moment);
        return momentsReach.test(refold.position())
                ? moments.read(then -> refold.with(then).run(progress))
                : refold.run(progress);
    }

    private static boolean isOfLedger(ReadModel<?> model) {
        return ReadModels.ofLedger().all().contains(model);
    }

    private ViewCheck compare(Projection<?> projection, JdbcClient moment, LongConsumer progress) {
        String name = projection.name();
        long position = Generations.of(moment, name).orElseThrow().position();
        PutAside aside = new PutAside(moment, name);
        try (PlainReading told = new PlainReading(
                log,
                projection.model().type(),
                position,
                event -> !aside.has(
                        event.id(), projection.model().isOfItsStream(event.type()) ? event.aggregateId() : event.id()),
                progress)) {
            Comparison comparison =
                    new Comparison(projection.model().type(), told, new Answers(Reading.at(moment), health));
            projection.eachRow(moment, comparison::row);
            comparison.end();
            Differences found = comparison.differences();
            return new ViewCheck(
                    name,
                    found.count() == 0,
                    position,
                    comparison.states(),
                    aside.count(),
                    false,
                    found.count(),
                    found.first());
        }
    }
}
