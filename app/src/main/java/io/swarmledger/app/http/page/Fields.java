package io.swarmledger.app.http.page;

import io.swarmledger.events.Json;
import io.swarmledger.query.timetravel.Change;
import io.swarmledger.query.timetravel.EventRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The fields of a state, in words. */
final class Fields {

    /** Items of a list that are named; of more it is said how many they are. */
    private static final int NAMED = 5;

    private final Show show;

    Fields(Show show) {
        this.show = show;
    }

    /** A field and its value. */
    record Fact(String field, String value) {}

    /**
     * A field that changed.
     *
     * @param from in words, {@code null} if there was nothing to change
     */
    record Changed(String field, String from, String to, EventRef event) {}

    /** What a state has; what it has not is left out. */
    List<Fact> of(Object state) {
        List<Fact> facts = new ArrayList<>();
        JsonNode tree = Json.mapper().valueToTree(state);
        tree.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
                facts.add(new Fact(field.getKey(), words(field.getKey(), value)));
            }
        });
        return facts;
    }

    /** What changed, as it was and as it is. */
    List<Changed> of(Change change) {
        return change.fields().stream().map(this::changed).toList();
    }

    private Changed changed(Change.Field field) {
        JsonNode before = Json.mapper().valueToTree(field.from());
        JsonNode after = Json.mapper().valueToTree(field.to());
        if (before != null && after != null && before.isArray() && after.isArray()) {
            return new Changed(
                    field.field(), count(before.size()), difference(items(before), items(after)), field.event());
        }
        return new Changed(
                field.field(),
                isNothing(before) ? null : words(field.field(), before),
                isNothing(after) ? "–" : words(field.field(), after),
                field.event());
    }

    private static boolean isNothing(JsonNode value) {
        return value == null || value.isNull();
    }

    /** What came to a list and what went from it. */
    private String difference(List<String> before, List<String> after) {
        Set<String> were = new HashSet<>(before);
        Set<String> are = new HashSet<>(after);
        List<String> added = after.stream().filter(item -> !were.contains(item)).toList();
        List<String> taken = before.stream().filter(item -> !are.contains(item)).toList();
        List<String> told = new ArrayList<>();
        if (!added.isEmpty()) {
            told.add("+ " + named(added));
        }
        if (!taken.isEmpty()) {
            told.add("− " + named(taken));
        }
        return told.isEmpty() ? count(after.size()) : String.join(", ", told);
    }

    private static List<String> items(JsonNode array) {
        List<String> items = new ArrayList<>();
        array.forEach(item -> items.add(item.isString() ? item.asString() : item.toString()));
        return items;
    }

    private static String count(int items) {
        return items == 1 ? "1 item" : items + " items";
    }

    private String named(List<String> items) {
        String some =
                items.stream().limit(NAMED).map(item -> show.line(item, 40)).collect(Collectors.joining(", "));
        return items.size() > NAMED ? some + " and " + show.number(items.size() - NAMED) + " more" : some;
    }

    private String words(String field, JsonNode value) {
        if (value.isString()) {
            return show.line(value.asString());
        }
        if (value.isNumber()) {
            double number = value.asDouble();
            if (field.endsWith("At")) {
                return show.exact(number);
            }
            if (field.toLowerCase(Locale.ROOT).endsWith("duration")) {
                return show.duration(number);
            }
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? show.number((long) number)
                    : show.number(number);
        }
        if (value.isArray()) {
            return value.isEmpty() ? "none" : named(items(value));
        }
        return show.line(value.toString());
    }
}
