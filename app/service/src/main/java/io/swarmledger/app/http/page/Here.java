package io.swarmledger.app.http.page;

import io.swarmledger.app.http.DoorPath;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** The page's own address, and others like it: its state is in the query string. */
final class Here {

    private static final String SWARM = "swarmId";
    private static final String SORT = "sort";
    private static final String CURSOR = "cursor";
    private static final String DESCENDING = "-";
    private static final String WORDS = "q";
    private static final Set<String> OF_ONE_SWARM = Set.of("/swarm", "/story");
    private static final Set<String> OF_RANGE = Set.of(Range.AFTER, Range.BEFORE);
    /** Lists that the range limits. */
    private static final Set<String> RANGED = Set.of("/api/events/export", "/api/agents/export", "/api/tasks/export");

    private static final Set<String> KEPT = Set.of(SWARM, Range.AFTER, Range.BEFORE, WORDS);

    /** What says how a page shows its list, and not what is in that. */
    private static final Set<String> OF_PAGE =
            Set.of(CURSOR, WORDS, "limit", "id", "view", "event", "spaces", "history", "position");

    private static final String TRACE = "/trace/";

    /** Who asks for one of these wants to see one thing, unless it is the swarm that a list is of. */
    private static final List<String> SOUGHT = List.of("id", "event", "taskId", SWARM);

    private final String path;
    private final Map<String, List<String>> parameters;

    private Here(String path, Map<String, List<String>> parameters) {
        this.path = path;
        this.parameters = parameters;
    }

    static Here of(HttpServletRequest request) {
        return at(DoorPath.within(request), request);
    }

    /** That page, asked for as this one is: a part of it that is fetched by itself. */
    static Here at(String path, HttpServletRequest request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
        return new Here(path, parameters);
    }

    public String path() {
        return path;
    }

    /** The swarm that alone is shown here; {@code null} for all. */
    public String swarm() {
        return one(SWARM);
    }

    /** Another page, looked at as this one is: the same swarm, time and words. */
    public String keptAt(String other) {
        Map<String, List<String>> kept = new LinkedHashMap<>(parameters);
        kept.keySet().retainAll(KEPT);
        return address(other, kept);
    }

    /** The same of all swarms: what a page's own form leaves when it asks for everything. */
    public String ofAllAt(String other) {
        Map<String, List<String>> kept = new LinkedHashMap<>(parameters);
        kept.keySet().retainAll(OF_RANGE);
        return address(other, kept);
    }

    /** This page of all swarms; of one that shows one alone the overview. */
    public String ofAllSwarms() {
        Map<String, List<String>> others = new LinkedHashMap<>(parameters);
        others.keySet().removeAll(Set.of(SWARM, CURSOR));
        return OF_ONE_SWARM.contains(path) ? ofAllAt("/") : address(path, others);
    }

    /** This page of any time. */
    public String ofAnyTime() {
        Map<String, List<String>> others = new LinkedHashMap<>(parameters);
        others.keySet().removeAll(OF_RANGE);
        others.remove(CURSOR);
        return address(path, others);
    }

    /** A parameter that a form sends again. */
    record Field(String name, String value) {}

    /** What else is asked of this page than the range, which asks for another list. */
    public List<Field> besideRange() {
        return parameters.entrySet().stream()
                .filter(parameter -> !OF_RANGE.contains(parameter.getKey()))
                .filter(parameter -> !parameter.getKey().equals(CURSOR))
                .flatMap(parameter -> parameter.getValue().stream()
                        .filter(value -> !value.isEmpty())
                        .map(value -> new Field(parameter.getKey(), value)))
                .toList();
    }

    /** The words that are searched for; {@code null} for none. */
    public String words() {
        return one(WORDS);
    }

    /** What this page was asked to show closely; {@code null} for nothing. */
    public String sought() {
        return path.startsWith(TRACE)
                ? UriUtils.decode(path.substring(TRACE.length()), StandardCharsets.UTF_8)
                : SOUGHT.stream()
                        .map(this::one)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** What is asked of this page, asked of another path. */
    public String at(String other) {
        return address(other, parameters);
    }

    /** This page with one thing about it changed; what is {@code null} or empty is left out. */
    public String with(String name, Object value) {
        return with(name, value, null, null);
    }

    /** This page with two things about it changed. */
    public String with(String name, Object value, String other, Object otherValue) {
        Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
        change(changed, name, value);
        if (other != null) {
            change(changed, other, otherValue);
        }
        return address(path, changed);
    }

    private static void change(Map<String, List<String>> parameters, String name, Object value) {
        if (value == null || value.toString().isEmpty()) {
            parameters.remove(name);
        } else {
            parameters.put(name, List.of(value.toString()));
        }
    }

    /** This page's list sorted by that; sorted by it already, the other way round. */
    public String sortedBy(String field, boolean isGreatestFirst) {
        String sort = one(SORT);
        boolean isTurned = field.equals(sort) || (DESCENDING + field).equals(sort);
        boolean isDescending = isTurned ? field.equals(sort) : isGreatestFirst;
        return with(SORT, isDescending ? DESCENDING + field : field, CURSOR, null);
    }

    /** As {@code aria-sort} says it; {@code null} for a list that is not sorted by that. */
    public String sorted(String field) {
        String sort = one(SORT);
        return field.equals(sort) ? "ascending" : (DESCENDING + field).equals(sort) ? "descending" : null;
    }

    /** The list of this page as a file, all of it. */
    public String asFile(String list, String format) {
        Map<String, List<String>> asked = new LinkedHashMap<>(parameters);
        asked.keySet().removeAll(OF_PAGE);
        asked.keySet().removeAll(OF_RANGE);
        if (RANGED.contains(list)) {
            Range range = Range.current();
            change(asked, Range.AFTER, range.after().moment());
            change(asked, Range.BEFORE, range.before().moment());
        }
        asked.put("format", List.of(format));
        return address(list, asked);
    }

    private String one(String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(null);
    }

    /** This page with that value of a parameter, as it may be repeated, taken away. */
    public String without(String name, String value) {
        Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
        changed.computeIfPresent(name, (same, values) -> values.stream()
                .filter(one -> !one.equals(value))
                .toList());
        return address(path, changed);
    }

    /** Whether the page was asked for with that value. */
    public boolean is(String name, String value) {
        return parameters.getOrDefault(name, List.of()).contains(value);
    }

    /** {@code null} for one that is too long to be asked for. */
    private static String address(String path, Map<String, List<String>> parameters) {
        if (parameters.values().stream().flatMap(List::stream).anyMatch(value -> value.length() > Address.LONGEST)) {
            return null;
        }
        LinkedMultiValueMap<String, String> encoded = new LinkedMultiValueMap<>();
        parameters.forEach((name, values) -> values.stream()
                .filter(value -> !value.isEmpty())
                .forEach(value -> encoded.add(
                        UriUtils.encode(name, StandardCharsets.UTF_8),
                        UriUtils.encode(value, StandardCharsets.UTF_8))));
        if (encoded.isEmpty()) {
            return path;
        }
        String address =
                path + UriComponentsBuilder.newInstance().queryParams(encoded).build(true);
        return address.length() > Address.LONGEST ? null : address;
    }
}
