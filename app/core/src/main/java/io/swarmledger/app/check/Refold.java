package io.swarmledger.app.check;

import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.timetravel.Moments;
import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.Projection;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.ViewReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Holds a view of the application's own against a fold of the log from its first event on. The fold is the one that filled
 * the view, since nobody else knows what the view should hold: what is found is what its file has lost, kept or changed.
 * Whether the fold itself is right its author's tests say.
 *
 * @param <S> the states of that view
 */
final class Refold<S> {

    /** Things that are in memory at once, and bytes of them: of more, the log is read once for each share of them. */
    private static final int AT_ONCE = 50_000;

    private static final long BYTES_AT_ONCE = Runtime.getRuntime().maxMemory() / 64;

    private final Projection<S> projection;
    private final ReadModel<S> model;
    private final EventLog log;
    private final EventReader reader;
    private final JdbcClient moment;
    private final Set<String> letters;
    private final Differences differences = new Differences();
    private final long position;
    private Moments.Moment then;
    private long states;

    /**
     * Of a projection.
     *
     * @param moment of the views' file
     */
    Refold(Projection<S> projection, EventLog log, EventReader reader, JdbcClient moment) {
        this.projection = projection;
        this.model = projection.model();
        this.log = log;
        this.reader = reader;
        this.moment = moment;
        this.letters = new PutAside(moment, projection.name()).all();
        this.position = Generations.of(moment, projection.name()).orElseThrow().position();
    }

    /** Up to where it compares. */
    long position() {
        return position;
    }

    /** Has what the index of all moments says of that position compared too. */
    Refold<S> with(Moments.Moment index) {
        then = index;
        return this;
    }

    /** Compares; {@code progress} is told how many events have been read, of all in the log. */
    ViewCheck run(LongConsumer progress) {
        int shares = shares();
        for (int share = 0; share < shares; share++) {
            Share compared = new Share(share, shares);
            long before = share * position;
            Map<String, S> told = compared.fold(position, read -> progress.accept((before + read) / shares));
            compared.compareMoment(told);
            compared.compare(told);
        }
        return new ViewCheck(
                projection.name(),
                differences.count() == 0,
                position,
                states,
                letters.size(),
                then != null,
                differences.count(),
                differences.first());
    }

    private int shares() {
        long rows = number("SELECT count(*) FROM " + model.table().table());
        long bytes = number("SELECT coalesce(sum(octet_length(state)), 0) FROM "
                        + model.table().table())
                + number("SELECT coalesce(sum(octet_length(item)), 0) FROM GrownItem WHERE projection = '"
                        + projection.name() + "'");
        return (int) (1 + Math.max(rows / AT_ONCE, bytes / BYTES_AT_ONCE));
    }

    private long number(String sql) {
        return moment.sql(sql).query(Long.class).single();
    }

    /** Some of the things, by their ids. */
    private final class Share {

        private final int number;
        private final int of;
        private final ViewReader<S> view = new ViewReader<>(Reading.at(moment), model.table());

        Share(int number, int of) {
            this.number = number;
            this.of = of;
        }

        private boolean has(String id) {
            return Math.floorMod(id.hashCode(), of) == number;
        }

        Map<String, S> fold(long upTo, LongConsumer progress) {
            Map<String, S> told = new HashMap<>();
            log.each(0, upTo, row -> {
                if (model.folds(row.type()) && !letters.contains(row.id())) {
                    fold(row, told);
                }
                progress.accept(row.position());
            });
            return told;
        }

        private void fold(LogRow row, Map<String, S> told) {
            try {
                for (LedgerEvent event : (Iterable<LedgerEvent>) reader.events(row)::iterator) {
                    String id = event instanceof OpaqueEvent ? null : model.thingOf(event, row.recorded());
                    if (id != null && has(id)) {
                        told.put(id, model.fold().evolve(told.get(id), event, row.recorded()));
                    }
                }
            } catch (RuntimeException unfoldable) {
                // One that the view put aside is passed over; another one is missing there, which is a difference.
                differences.add(
                        row.aggregateId(),
                        "event " + row.id(),
                        null,
                        JsonNodeFactory.instance.stringNode("cannot be folded: " + unfoldable.getMessage()));
            }
        }

        /** Where it is the same, it is in every field: one difference a thing says enough. */
        void compareMoment(Map<String, S> told) {
            if (then == null) {
                return;
            }
            Set<String> ids = new TreeSet<>(told.keySet());
            then.ids(model).stream().filter(this::has).forEach(ids::add);
            for (String id : ids) {
                JsonNode was = momentOf(id);
                JsonNode is = json(told.get(id));
                if (!Objects.equals(was, is)) {
                    differences.add(id, "at that moment", was, is);
                }
            }
        }

        private JsonNode momentOf(String id) {
            try {
                return json(then.state(model, id, position));
            } catch (RuntimeException unfoldable) {
                return JsonNodeFactory.instance.stringNode("cannot be folded: " + unfoldable.getMessage());
            }
        }

        void compare(Map<String, S> told) {
            projection.eachRow(moment, (id, columns) -> {
                if (has(id)) {
                    compare(id, columns, told.remove(id));
                }
            });
            told.forEach((id, state) -> {
                if (state != null) {
                    states++;
                    differences.add(id, null, null, json(state));
                }
            });
        }

        private void compare(String id, Map<String, Object> columns, S state) {
            S answer = view.byId(id).orElse(null);
            if (state == null) {
                differences.add(id, null, json(answer), null);
                return;
            }
            states++;
            JsonNode answered = json(answer);
            JsonNode told = json(state);
            Set<String> fields = new TreeSet<>(told.propertyNames());
            fields.addAll(answered.propertyNames());
            for (String field : fields) {
                if (!Objects.equals(answered.get(field), told.get(field))) {
                    differences.add(id, field, answered.get(field), told.get(field));
                }
            }
            model.table().columnsOf(state).forEach((column, value) -> {
                if (!same(columns.get(column), value)) {
                    differences.add(id, "filter by " + column, json(columns.get(column)), json(value));
                }
            });
        }
    }

    private boolean same(Object stored, Object value) {
        return equal(stored, value) || value != null && equal(stored, asStored(value));
    }

    /** What is left of a value in the file, which knows no times, and of numbers none that is none. */
    private Object asStored(Object value) {
        return moment.sql("SELECT ?")
                .param(value)
                .query((row, number) -> row.getObject(1))
                .list()
                .get(0);
    }

    /** SQLite has one kind of whole numbers, and no booleans. */
    private static boolean equal(Object stored, Object value) {
        if (stored instanceof Number one) {
            Number other = value instanceof Boolean is
                    ? Integer.valueOf(is ? 1 : 0)
                    : value instanceof Number given ? given : null;
            return other != null && one.doubleValue() == other.doubleValue();
        }
        if (stored instanceof byte[] bytes) {
            return value instanceof byte[] others && Arrays.equals(bytes, others);
        }
        return stored == null
                ? value == null
                : value != null && stored.toString().equals(value.toString());
    }

    private static JsonNode json(Object value) {
        return value == null ? null : Json.mapper().readTree(Json.mapper().writeValueAsString(value));
    }
}
