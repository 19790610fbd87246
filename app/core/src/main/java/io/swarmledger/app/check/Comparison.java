package io.swarmledger.app.check;

import io.swarmledger.app.check.plain.PlainReading;
import io.swarmledger.app.check.plain.PlainReading.Thing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Holds what is answered of the things of one feature against what the log tells of them, one thing after the other. */
final class Comparison {

    /** It depends on when one asks, and so no event tells it. */
    private static final Set<String> OF_THE_MOMENT = Set.of("health", "seenAgents");

    /** Any JSON: with the digits, and in the order of names, that were given. */
    private static final Set<String> AS_GIVEN = Set.of("result");

    /** Numbers are what they are worth, as far as the ledger's own times and durations tell them from each other. */
    private static final Comparator<JsonNode> BY_WORTH = (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
            return one.isIntegralNumber() && other.isIntegralNumber()
                    ? one.bigIntegerValue().compareTo(other.bigIntegerValue())
                    : Double.compare(one.doubleValue(), other.doubleValue());
        }
        return one.equals(other) ? 0 : 1;
    };

    private final String feature;
    private final PlainReading log;
    private final Answers answers;
    private final Differences differences = new Differences();
    private final Map<String, Long> counts = new HashMap<>();
    private long states;

    /**
     * Of a feature.
     *
     * @param feature agent, task, memory or swarm
     * @param log its things, by the bytes of their ids
     */
    Comparison(String feature, PlainReading log, Answers answers) {
        this.feature = feature;
        this.log = log;
        this.answers = answers;
    }

    Differences differences() {
        return differences;
    }

    /** How many things the log tells of. */
    long states() {
        return states;
    }

    /**
     * The view has a row of that id; rows come by the bytes of their ids.
     *
     * @param filters what queries filter and sort by, by the names of the state's fields
     */
    void row(String id, Map<String, Object> filters) {
        while (log.hasNext() && before(log.peek().id(), id)) {
            onlyInLog(log.next());
        }
        Thing thing = log.hasNext() && log.peek().id().equals(id) ? log.next() : null;
        if (thing != null) {
            requireOrder(thing);
        }
        if (thing == null || thing.state() == null) {
            differences.add(id, null, answerOr(id, null), null);
            return;
        }
        count(thing);
        JsonNode answer = answerOr(id, thing.state());
        if (answer != null) {
            compare(id, answer, thing.state());
            filters.forEach((column, value) -> filter(id, column, value, thing.state()));
        }
    }

    /** The view has no more rows. */
    void end() {
        while (log.hasNext()) {
            onlyInLog(log.next());
        }
        try {
            Map<String, Long> answered = answers.counts(feature);
            Set<String> statuses = new TreeSet<>(answered.keySet());
            statuses.addAll(counts.keySet());
            statuses.stream()
                    .filter(status -> !answered.containsKey(status) || answered.get(status) != null)
                    .forEach(status -> count(status, answered.getOrDefault(status, 0L)));
        } catch (RuntimeException unanswered) {
            differences.add(null, "count of all", because(unanswered), JsonNodeFactory.instance.numberNode(states));
        }
    }

    private void count(String status, long answered) {
        long told = counts.getOrDefault(status, 0L);
        if (told != answered) {
            differences.add(
                    null,
                    "count of " + status,
                    JsonNodeFactory.instance.numberNode(answered),
                    JsonNodeFactory.instance.numberNode(told));
        }
    }

    private void onlyInLog(Thing thing) {
        requireOrder(thing);
        if (thing.state() != null) {
            count(thing);
            differences.add(thing.id(), null, null, thing.state());
        }
    }

    private void requireOrder(Thing thing) {
        if (thing.disorder() != null) {
            differences.add(thing.id(), "version", null, StringNode.valueOf(thing.disorder()));
        }
    }

    private void count(Thing thing) {
        states++;
        counts.merge(thing.status(), 1L, Long::sum);
    }

    /** What is answered of that id; {@code null} if nothing is, which is a difference if {@code told} is something. */
    private JsonNode answerOr(String id, ObjectNode told) {
        try {
            String answer = answers.one(feature, id);
            if (answer != null) {
                return PlainReading.MAPPER.readTree(answer);
            }
            if (told != null) {
                differences.add(id, null, null, told);
            }
            return null;
        } catch (RuntimeException unanswered) {
            if (told == null) {
                return because(unanswered);
            }
            differences.add(id, null, because(unanswered), told);
            return null;
        }
    }

    private static JsonNode because(RuntimeException unanswered) {
        Throwable cause = unanswered instanceof CompletionException && unanswered.getCause() != null
                ? unanswered.getCause()
                : unanswered;
        return StringNode.valueOf("It cannot be answered: " + cause);
    }

    private void compare(String id, JsonNode answer, ObjectNode told) {
        Set<String> fields = new TreeSet<>(told.propertyNames());
        fields.addAll(answer.propertyNames());
        fields.removeAll(OF_THE_MOMENT);
        for (String field : fields) {
            if (!same(field, answer.get(field), told.get(field))) {
                differences.add(id, field, answer.get(field), told.get(field));
            }
        }
    }

    private void filter(String id, String column, Object value, ObjectNode told) {
        JsonNode state = told.get(column);
        boolean same;
        if (value == null || state == null || state.isNull()) {
            same = value == null && (state == null || state.isNull());
        } else if (value instanceof Number number) {
            double expected = state.isBoolean() ? (state.booleanValue() ? 1 : 0) : state.doubleValue();
            same = number.doubleValue() == expected;
        } else {
            same = state.isString() && state.stringValue().equals(value);
        }
        if (!same) {
            JsonNode shown = value == null ? null : PlainReading.MAPPER.valueToTree(value);
            differences.add(id, "filter by " + column, shown, state);
        }
    }

    private static boolean same(String field, JsonNode answer, JsonNode told) {
        if (answer == null || told == null) {
            return answer == told;
        }
        return AS_GIVEN.contains(field) ? told.toString().equals(answer.toString()) : told.equals(BY_WORTH, answer);
    }

    private static boolean before(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)) < 0;
    }
}
