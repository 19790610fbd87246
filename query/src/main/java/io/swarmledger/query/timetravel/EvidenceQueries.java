package io.swarmledger.query.timetravel;

import io.swarmledger.query.AtLeast;
import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.ViewReader;
import io.swarmledger.query.view.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Proves numbers: names what a view counts, and the events of each. */
public final class EvidenceQueries {

    /** Fields that events add to. All others are what the last event set them to. */
    private static final Set<String> ADDED_UP = Set.of(
            "completedTasks",
            "failedTasks",
            "totalTaskDuration",
            "taskCount",
            "errorCount",
            "timedTasks",
            "accessCount",
            "milestones");

    private final Reading views;
    private final Reading index;
    private final EventLog log;
    private final Positions positions;
    private final EventReader reader;
    private final ReadModels models;

    /**
     * Proves what the views say by the log.
     *
     * @param positions waits until the index has seen what the views have
     */
    public EvidenceQueries(
            Reading views, Reading index, EventLog log, Positions positions, EventReader reader, ReadModels models) {
        this.views = views;
        this.index = index;
        this.log = log;
        this.positions = positions;
        this.reader = reader;
        this.models = models;
    }

    @QueryHandler
    Page<Evidence> handle(FindEvidence query, @MetaDataValue(AtLeast.MIN_POSITION) Long minPosition) {
        ReadModel<?> model = models.ofType(query.type());
        requireFilters(model, query);
        Set<String> fields = Components.names(model.table().type());
        if (query.field() == null || !fields.contains(query.field())) {
            throw InvalidQuery.outOfRange("field", query.field() + " is none of " + String.join(", ", fields));
        }
        if (query.namespace() != null && !model.type().equals("memory")) {
            throw InvalidQuery.outOfRange("namespace", "is a memory's: a " + model.type() + " has none");
        }
        if (!model.type().equals("memory")) {
            new ViewReader<>(views, model.table()).requireKnown("status", query.status(), model.statuses());
        }
        if (query.position() != null) {
            return then(model, query);
        }
        if (minPosition != null) {
            positions.await(model.table().projection(), minPosition);
        }
        return now(model, query);
    }

    /** A read model of the application's may know of neither. */
    private static void requireFilters(ReadModel<?> model, FindEvidence query) {
        if (query.swarmId() != null && !model.table().hasColumn("swarmId")) {
            throw InvalidQuery.outOfRange("swarmId", "is not known of things of type " + model.type());
        }
        if (query.status() != null
                && !model.type().equals("memory")
                && !model.table().hasColumn("status")) {
            throw InvalidQuery.outOfRange("status", "is not known of things of type " + model.type());
        }
    }

    private <S> Page<Evidence> now(ReadModel<S> model, FindEvidence query) {
        Paging.limit(query.limit(), FindEvidence.MAX_LIMIT);
        ViewReader<S> view = new ViewReader<>(views, model.table());
        Where where = counted(view.live(), model, query).is("swarmId", query.swarmId());
        Page<S> counted = view.page(where, ViewReader.byId(EvidenceQueries::idOf), query.limit(), query.cursor());
        positions.await(LedgerQuery.TIME_TRAVEL, positions.of(model.table().projection()));
        return index.read(moments -> log.asOfNow(history -> {
            Past past = new Past(moments, history, reader);
            return counted.map(state -> new Evidence(
                    idOf(state),
                    Components.value(state, query.field()),
                    events(past, thing(moments, model, idOf(state)), query.field(), Long.MAX_VALUE)));
        }));
    }

    private <S> Page<Evidence> then(ReadModel<S> model, FindEvidence query) {
        if (query.position() < 0) {
            throw InvalidQuery.outOfRange("position", query.position() + " is less than 0");
        }
        long position = BeyondHead.requireWithin(positions.of(LedgerQuery.LOG), "position", query.position());
        positions.await(LedgerQuery.TIME_TRAVEL, position);
        return index.read(moments -> log.asOfNow(history -> {
            Past past = new Past(moments, history, reader);
            CountedThen counted = new CountedThen(moments, models, query, position);
            Search.Part<S> part = counted.part(model, past);
            List<Evidence> evidence = part.things().stream()
                    .map(one -> new Evidence(
                            one.thing().id(),
                            Components.value(
                                    past.withLists(one.thing(), one.state(), position, StateOfAll.LAST_ITEMS),
                                    query.field()),
                            events(past, one.thing(), query.field(), position)))
                    .toList();
            return counted.page(model, evidence, part.next());
        }));
    }

    /** Of memories only what is stored is counted anywhere. */
    private static Where counted(Where live, ReadModel<?> model, FindEvidence query) {
        if (!model.type().equals("memory")) {
            return live.is("status", query.status());
        }
        if (query.status() != null && !query.status().equals("stored")) {
            throw InvalidQuery.outOfRange("status", "only stored memories are counted, not " + query.status());
        }
        return live.is("isDeleted", 0).is("namespace", query.namespace());
    }

    private static String idOf(Object state) {
        return (String) Components.value(state, "id");
    }

    private <S> Thing<S> thing(JdbcClient index, ReadModel<S> model, String id) {
        return index.sql("SELECT thing FROM Thing WHERE id = ? AND model = ?")
                .params(id, models.numberOf(model))
                .query((row, number) -> new Thing<>(row.getLong(1), model, id))
                .single();
    }

    private <S> List<EventRef> events(Past past, Thing<S> thing, String field, long position) {
        return ADDED_UP.contains(field)
                ? all(past, thing, field, position)
                : new Difference(past)
                        .causes(thing, List.of(field), 0, position).values().stream()
                                .toList();
    }

    private static <S> List<EventRef> all(Past past, Thing<S> thing, String field, long position) {
        List<EventRef> events = new ArrayList<>();
        past.fold(thing, new Past.Checkpoint<>(0, null), position, (before, row, after) -> {
            if (row.type().equals(thing.model().birth())) {
                events.clear();
            } else if (!Components.same(Components.value(before, field), Components.value(after, field))) {
                events.add(EventRef.of(row));
            }
        });
        return events;
    }
}
