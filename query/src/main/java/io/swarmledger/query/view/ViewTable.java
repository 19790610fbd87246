package io.swarmledger.query.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.events.HalfSurrogates;
import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.util.NameTransformer;

/**
 * How the states of a view lie in its table: whole, as JSON, in the column {@code state}, and what queries filter by in
 * columns of its own. Its growing lists are rows of {@code GrownItem}; the JSON holds only how long they are.
 *
 * @param <S> the state
 */
public final class ViewTable<S> {

    /**
     * States as they lie in rows: what an answer has among its own fields is an object of its own, which is read in half the
     * time, and what is not there has no name.
     */
    private static final JsonMapper NESTED = Json.configure(JsonMapper.builder())
            .annotationIntrospector(new NothingUnwrapped())
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final JsonMapper ROWS = NESTED.rebuild()
            .addModule(new SimpleModule("lists by their size")
                    .addSerializer(Growing.class, new SizeOfList())
                    .addDeserializer(Growing.class, new ListOnDisk()))
            .build();

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private final String projection;
    private final String table;
    private final Class<S> type;
    private final Map<String, Function<S, Object>> columns = new LinkedHashMap<>();
    private final Map<String, Function<S, Growing<?>>> lists = new LinkedHashMap<>();

    private ViewTable(String projection, Class<S> type) {
        if (projection == null || type == null) {
            throw new DeclarationRefused("The table of the projection " + projection + " is declared without "
                    + (projection == null ? "a name" : "the class of its states"));
        }
        if (!NAME.matcher(projection).matches()) {
            throw new DeclarationRefused(
                    projection + " is no name for a projection: those are lower-case letters, digits and -");
        }
        this.projection = projection;
        this.table = projection.replace('-', '_');
        this.type = type;
    }

    /** The table of a projection: its name, with {@code _} for {@code -}. */
    public static <S> ViewTable<S> of(String projection, Class<S> type) {
        return new ViewTable<>(projection, type);
    }

    /** The same, with a column of its own for something of the state. */
    public ViewTable<S> column(String name, Function<S, Object> value) {
        declare("column", columns, name, value);
        return this;
    }

    /** The same, with a list that grows; the name is that of the state's component. */
    public ViewTable<S> list(String name, Function<S, Growing<?>> value) {
        declare("list", lists, name, value);
        return this;
    }

    private <T> void declare(String what, Map<String, T> declared, String name, T value) {
        if (name == null || value == null) {
            throw new DeclarationRefused("The " + what + " " + name + " of the projection " + projection
                    + " is declared without " + (name == null ? "a name" : "what it holds of a state"));
        }
        if (declared.put(name, value) != null) {
            throw new DeclarationRefused(
                    "The " + what + " " + name + " of the projection " + projection + " is declared twice");
        }
    }

    /** The name of the projection that keeps it. */
    public String projection() {
        return projection;
    }

    /** The class of its states. */
    public Class<S> type() {
        return type;
    }

    /** The name of the table. */
    public String table() {
        return table;
    }

    /** The statements that make the table, and an index for each of its columns. */
    public List<String> ddl() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + table + " (generation INTEGER NOT NULL, id TEXT NOT NULL, "
                + columns.keySet().stream().map(column -> column + ", ").collect(Collectors.joining())
                + "state TEXT NOT NULL, PRIMARY KEY (generation, id))");
        columns.keySet()
                .forEach(column -> statements.add("CREATE INDEX " + table + "_by_" + column + " ON " + table
                        + " (generation, " + column + ", id)"));
        return statements;
    }

    /** Whether queries can filter by a column of that name. */
    public boolean hasColumn(String name) {
        return columns.containsKey(name);
    }

    /** The names of the columns beside the state. */
    Set<String> columns() {
        return columns.keySet();
    }

    /** Its lists that grow, by the names of the state's components. */
    public Map<String, Function<S, Growing<?>>> lists() {
        return Collections.unmodifiableMap(lists);
    }

    /** How many items a list of the state has that are more than {@code most}; {@code null} if that is no such list. */
    public Long sizeIfCut(String list, S state, long most) {
        if (state == null || !lists.containsKey(list)) {
            return null;
        }
        long size = lists.get(list).apply(state).size();
        return size > most ? size : null;
    }

    /** Inserts or replaces: generation, id, the columns in their order, state. */
    String upsert() {
        List<String> names = new ArrayList<>(columns.keySet());
        names.add("state");
        return "INSERT INTO " + table + " (generation, id, " + String.join(", ", names) + ") VALUES (?, ?"
                + ", ?".repeat(names.size()) + ") ON CONFLICT (generation, id) DO UPDATE SET "
                + String.join(
                        ", ",
                        names.stream().map(name -> name + " = excluded." + name).toList());
    }

    /** The values of the columns and the state, as {@link #upsert} takes them. */
    List<Object> valuesOf(S state) {
        List<Object> values = new ArrayList<>(columns.size() + 1);
        columns.values().forEach(column -> values.add(column.apply(state)));
        values.add(write(state));
        return values;
    }

    /** What queries filter by of a state, by the names of the columns. */
    public Map<String, Object> columnsOf(S state) {
        Map<String, Object> values = new LinkedHashMap<>();
        columns.forEach((name, column) -> values.put(name, column.apply(state)));
        return values;
    }

    /** A state as JSON; of its lists the sizes. */
    public String write(S state) {
        return HalfSurrogates.escapedIn(ROWS.writeValueAsString(state));
    }

    /** The state of a row, its lists on disk, where no item can be looked for. */
    public S read(String json) {
        return ROWS.readValue(json, type);
    }

    /** The items of a state's lists that stay on disk. */
    @FunctionalInterface
    public interface OnDisk {

        /** Whether one of the first {@code size} items of that list is the one that this JSON is. */
        boolean has(String list, long size, String item);
    }

    /** The state of a row to be folded on, its lists on disk. */
    public S read(String json, OnDisk items) {
        return lists.isEmpty()
                ? read(json)
                : ROWS.readerFor(type).withAttribute(OnDisk.class, items).readValue(json);
    }

    /** An item of a list as it lies on disk. */
    public static String item(Object item) {
        return HalfSurrogates.escapedIn(Json.mapper().writeValueAsString(item));
    }

    /** The state of a row with its lists: the items of each as JSON, in order. */
    public S readWhole(String json, Function<String, List<String>> items) {
        if (lists.isEmpty()) {
            return read(json);
        }
        var state = Json.mapper().readTree(json).asObject();
        lists.keySet()
                .forEach(list ->
                        state.set(list, Json.mapper().readTree("[" + String.join(",", items.apply(list)) + "]")));
        return NESTED.treeToValue(state, type);
    }

    private static final class NothingUnwrapped extends JacksonAnnotationIntrospector {

        @Override
        public NameTransformer findUnwrappingNameTransformer(MapperConfig<?> config, AnnotatedMember member) {
            return null;
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class SizeOfList extends ValueSerializer<Growing> {

        @Override
        public void serialize(Growing list, JsonGenerator json, SerializationContext context) {
            json.writeNumber(list.size());
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class ListOnDisk extends ValueDeserializer<Growing> {

        @Override
        public Growing deserialize(JsonParser json, DeserializationContext context) {
            long size = json.getLongValue();
            if (!(context.getAttribute(OnDisk.class) instanceof OnDisk items)) {
                return Growing.onDisk(size);
            }
            String list = json.currentName();
            return Growing.onDisk(size, item -> items.has(list, size, item(item)));
        }
    }
}
