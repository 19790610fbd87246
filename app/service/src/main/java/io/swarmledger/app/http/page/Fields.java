package io.swarmledger.app.http.page;

import io.swarmledger.events.Json;
import io.swarmledger.query.timetravel.Change;
import io.swarmledger.query.timetravel.EventRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields of a state, in words. */
final class Fields {

    /** Items of a list that are named; of more it is said how many they are. */
    private static final int NAMED = 5;

    private final Show show;

    Fields(Show show) {
        this.show = show;
    }

    /** A field and its value. */
    public record Fact(String field, String value) {}

    /**
     * A field that changed.
     *
     * @param from in words, {@code null} if there was nothing to change
     */
    record Changed(String field, String from, String to, EventRef event) {}

    /** What a state has; what it has not is left out. */
    List<Fact> of(Object state) {
        List<Fact> facts = new ArrayList<>();
        ((Map<?, ?>) json(state)).forEach((name, value) -> {
            String field = String.valueOf(name);
            if (value != null && !List.of().equals(value)) {
                facts.add(new Fact(field, words(field, value)));
            }
        });
        return facts;
    }

    /** What an operation found: in its own words, if it has any. */
    public List<Fact> found(Object result) {
        String words = String.valueOf(result);
        boolean hasNone =
                result instanceof Map || words.startsWith(result.getClass().getSimpleName() + "[");
        return hasNone ? of(result) : List.of(new Fact("", show.line(words, 200)));
    }

    /** What changed, as it was and as it is. */
    List<Changed> of(Change change) {
        return change.fields().stream().map(this::changed).toList();
    }

    private Changed changed(Change.Field field) {
        Object before = json(field.from());
        Object after = json(field.to());
        if (before instanceof List<?> were && after instanceof List<?> are) {
            long size = size(field.fromSize(), were);
            String told = field.fromSize() == null && field.toSize() == null
                    ? difference(items(were), items(are))
                    : grown(items(were), items(are), size, size(field.toSize(), are));
            return new Changed(field.field(), count(size), told, field.event());
        }
        return new Changed(
                field.field(),
                before == null ? null : words(field.field(), before),
                after == null
                        ? "–"
                        : after instanceof List<?> are && !are.isEmpty()
                                ? named(items(are), size(field.toSize(), are))
                                : words(field.field(), after),
                field.event());
    }

    /** As its JSON says it, with the digits that it has there. */
    private static Object json(Object value) {
        return Json.mapper().convertValue(value, Object.class);
    }

    private static String text(Object json) {
        return json instanceof String text ? text : Json.mapper().writeValueAsString(json);
    }

    private static long size(Long inAll, List<?> items) {
        return inAll != null ? inAll : items.size();
    }

    /** What came to a list of which the last items are known: that the first of them are others now says nothing. */
    private String grown(List<String> before, List<String> after, long size, long newSize) {
        Set<String> were = new HashSet<>(before);
        List<String> added = after.stream().filter(item -> !were.contains(item)).toList();
        return added.isEmpty() || newSize <= size ? count(newSize) : "+ " + named(added, newSize - size);
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

    private static List<String> items(List<?> list) {
        return list.stream().map(Fields::text).toList();
    }

    private static String count(long items) {
        return items == 1 ? "1 item" : items + " items";
    }

    private String named(List<String> items) {
        return named(items, items.size());
    }

    private String named(List<String> items, long inAll) {
        String some =
                items.stream().limit(NAMED).map(item -> show.line(item, 40)).collect(Collectors.joining(", "));
        return inAll > NAMED ? some + " and " + show.number(inAll - NAMED) + " more" : some;
    }

    private String words(String field, Object value) {
        if (value instanceof Number number) {
            if (field.endsWith("At")) {
                return show.exact(number.doubleValue());
            }
            if (field.toLowerCase(Locale.ROOT).endsWith("duration")) {
                return show.duration(number.doubleValue());
            }
            return number instanceof Integer ? show.number(number) : number.toString();
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? "none" : named(items(list));
        }
        return show.line(text(value));
    }
}
