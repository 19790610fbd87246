package io.swarmledger.query.timetravel;

import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.ViewReader;
import io.swarmledger.query.view.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    private final Reading log;
    private final Positions positions;
    private final EventReader reader;

    /**
     * Proves what the views say by the log.
     *
     * @param positions waits until the index has seen what the views have
     */
    public EvidenceQueries(Reading views, Reading index, Reading log, Positions positions, EventReader reader) {
        this.views = views;
        this.index = index;
        this.log = log;
        this.positions = positions;
        this.reader = reader;
    }

    @QueryHandler
    Page<Evidence> handle(FindEvidence query) {
        return evidence(Models.ofType(query.type()), query);
    }

    private <S> Page<Evidence> evidence(ReadModel<S> model, FindEvidence query) {
        Set<String> fields = Components.names(model.table().type());
        if (query.field() == null || !fields.contains(query.field())) {
            throw InvalidQuery.outOfRange("field", query.field() + " is none of " + String.join(", ", fields));
        }
        Paging.limit(query.limit(), FindEvidence.MAX_LIMIT);
        ViewReader<S> view = new ViewReader<>(views, model.table());
        Where where = counted(view.live(), model, query).is("swarmId", query.swarmId());
        Page<S> counted = view.page(where, ViewReader.byId(EvidenceQueries::idOf), query.limit(), query.cursor());
        positions.await(LedgerQuery.TIME_TRAVEL, positions.of(model.table().projection()));
        return index.read(moments -> log.read(history -> {
            Past past = new Past(moments, history, reader);
            return counted.map(state -> new Evidence(
                    idOf(state),
                    Components.value(state, query.field()),
                    events(past, thing(moments, model, idOf(state)), query.field())));
        }));
    }

    /** Of memories only what is stored is counted anywhere. */
    private static Where counted(Where live, ReadModel<?> model, FindEvidence query) {
        if (!model.type().equals("memory")) {
            if (query.namespace() != null) {
                throw InvalidQuery.outOfRange("namespace", "is a memory's: a " + model.type() + " has none");
            }
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

    private static <S> Thing<S> thing(JdbcClient index, ReadModel<S> model, String id) {
        return index.sql("SELECT thing FROM Thing WHERE id = ? AND model = ?")
                .params(id, Models.numberOf(model))
                .query((row, number) -> new Thing<>(row.getLong(1), model, id))
                .single();
    }

    private <S> List<EventRef> events(Past past, Thing<S> thing, String field) {
        return ADDED_UP.contains(field) ? all(past, thing, field) : last(past, thing, field);
    }

    private static <S> List<EventRef> all(Past past, Thing<S> thing, String field) {
        List<EventRef> events = new ArrayList<>();
        past.fold(thing, new Past.Checkpoint<>(0, null), Long.MAX_VALUE, (before, row, after) -> {
            if (row.getString("payloadType").equals(thing.model().birth())) {
                events.clear();
            } else if (!Components.same(Components.value(before, field), Components.value(after, field))) {
                events.add(EventRef.read(row));
            }
        });
        return events;
    }

    private static <S> List<EventRef> last(Past past, Thing<S> thing, String field) {
        return new Difference(past)
                .causes(thing, List.of(field), 0, Long.MAX_VALUE).values().stream()
                        .toList();
    }
}
