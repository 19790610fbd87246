package io.swarmledger.query.timetravel;

import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.trace.GetTrace;
import io.swarmledger.query.trace.Trace;
import io.swarmledger.query.trace.TraceQueries;
import io.swarmledger.query.view.ReadModel;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;

/** Folds a stream until the moment that is asked for, and follows what last changed a field back to its root. */
public final class WhyQueries {

    private final EventLog log;
    private final EventReader reader;
    private final ReadModels models;

    public WhyQueries(EventLog log, EventReader reader, ReadModels models) {
        this.log = log;
        this.reader = reader;
        this.models = models;
    }

    @QueryHandler
    Optional<Why> handle(GetWhy query) {
        if (query.field() == null) {
            throw InvalidQuery.malformed("field", "is missing: name one of its state, such as status");
        }
        if (query.position() != null && query.position() < 0) {
            throw InvalidQuery.outOfRange("position", query.position() + " is less than 0");
        }
        return log.asOfNow(now ->
                now.first(query.aggregateId(), 0).map(birth -> why(now, query, models.ofType(birth.aggregateType()))));
    }

    private <S> Why why(EventLog now, GetWhy query, ReadModel<S> model) {
        List<String> fields = List.copyOf(Components.names(model.table().type()));
        if (!fields.contains(query.field())) {
            throw InvalidQuery.noneOf("field", query.field(), fields);
        }
        Changed<S> changed = new Changed<>(model, query.field());
        now.stream(query.aggregateId(), row -> {
            boolean isThen = query.position() == null || row.position() <= query.position();
            if (isThen) {
                changed.by(row);
            }
            return isThen;
        });
        Optional<Trace> trace = Optional.ofNullable(changed.row)
                .flatMap(row -> new TraceQueries(now).handle(new GetTrace(row.id(), query.limit())));
        return new Why(
                query.aggregateId(),
                model.type(),
                query.field(),
                changed.value,
                changed.before,
                changed.row == null ? null : RecordedEvent.of(changed.row),
                trace.map(Trace::causes).orElse(List.of()),
                trace.map(Trace::isWhole).orElse(true));
    }

    /** A field while its stream is folded. */
    private final class Changed<S> {

        private final ReadModel<S> model;
        private final String field;
        private S state;
        private Object value;
        private Object before;
        private LogRow row;

        Changed(ReadModel<S> model, String field) {
            this.model = model;
            this.field = field;
        }

        void by(LogRow next) {
            reader.events(next).forEach(event -> state = next.foldedBy(model.fold(), model.type(), state, event));
            Object now = state == null ? null : Components.value(model.alone().apply(state), field);
            if (!Components.same(value, now)) {
                before = value;
                value = now;
                row = next;
            }
        }
    }
}
