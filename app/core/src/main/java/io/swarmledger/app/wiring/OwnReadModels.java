package io.swarmledger.app.wiring;

import io.swarmledger.app.log.sqlite.DerivedFile;
import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.Growing;
import io.swarmledger.query.view.ReadModel;
import java.lang.reflect.RecordComponent;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether an application's read models are declared so that they can be filled, asked and made anew. */
final class OwnReadModels {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Names that mean something else where a projection, or the things of a type, are named. */
    private static final Set<String> TAKEN = Set.of(
            LedgerQuery.LOG,
            LedgerQuery.TIME_TRAVEL,
            LedgerQuery.SEARCH,
            "all",
            "agents",
            "tasks",
            "memories",
            "swarms");

    /** Tables and indexes of the views' file before an application adds to it, as SQLite compares their names. */
    static final Set<String> OF_LEDGER = Set.of(
            "projection",
            "viewof",
            "grownitem",
            "grown_item_by_itself",
            "ownview",
            "tokenentry",
            "deadletterentry",
            "dead_letter_by_touch",
            "flyway_schema_history",
            "flyway_schema_history_s_idx",
            "agent_state",
            "agent_state_by_swarm",
            "agent_state_by_status",
            "agent_state_by_domain",
            "agent_state_by_role",
            "agent_state_by_health",
            "agent_state_by_parent",
            "task_history",
            "task_history_by_swarm",
            "task_history_by_status",
            "task_history_by_agent",
            "task_history_by_type",
            "task_history_by_priority",
            "memory_index",
            "memory_index_by_swarm",
            "memory_index_by_presence",
            "memory_index_by_namespace",
            "memory_index_by_type",
            "memory_index_sizes",
            "memory_index_hot",
            "memory_index_cold",
            "swarm_overview",
            "swarm_overview_by_swarm",
            "swarm_overview_by_status");

    private final StoredTypes events;

    /**
     * Of a ledger.
     *
     * @param events that it can have
     */
    OwnReadModels(StoredTypes events) {
        this.events = events;
    }

    /**
     * Requires what would otherwise go wrong when the view is filled, or asked.
     *
     * @throws DeclarationRefused naming what is wrong
     */
    void require(ReadModel<?> model) {
        if (!TYPE.matcher(model.type()).matches()) {
            throw new DeclarationRefused(
                    model.type() + " is no type for the read model: those are lower-case letters, digits and -");
        }
        if (TAKEN.contains(model.table().projection()) || TAKEN.contains(model.type())) {
            throw new DeclarationRefused("The read model " + model.type() + " with the projection "
                    + model.table().projection() + " has a name that means something else: name it otherwise");
        }
        requireEvents(model);
        requireId(model);
        requireLists(model);
    }

    private void requireEvents(ReadModel<?> model) {
        Set<String> folded = events.eventTypes();
        if (model.events() != LedgerEvent.class) {
            Map<String, Class<? extends LedgerEvent>> named = EventTypes.of(model.events());
            folded = new TreeSet<>(named.keySet());
            named.forEach((name, record) -> {
                if (!events.eventOf(name).filter(record::equals).isPresent()) {
                    throw new DeclarationRefused("The read model " + model.type() + " folds " + name + ", "
                            + record.getName() + ", which is an event of no aggregate that is declared:"
                            + " declare that too, by Feature.of(aggregate, readModel)");
                }
            });
        }
        if (model.birth() != null && !folded.contains(model.birth())) {
            throw new DeclarationRefused("The read model " + model.type() + " has things that begin with "
                    + model.birth() + ", which is none of the events that it folds: " + String.join(", ", folded));
        }
    }

    /** What finds changes and proves numbers reads states by their components, and things by their ids. */
    private static void requireId(ReadModel<?> model) {
        if (!StateId.isToldBy(model.table().type())) {
            throw new DeclarationRefused("The states of the read model " + model.type() + " are of "
                    + model.table().type().getName() + ", which is no record with a String id");
        }
    }

    /** One that is not named would be stored as its size, and come back empty. */
    private static void requireLists(ReadModel<?> model) {
        Set<String> growing = componentsOf(model).stream()
                .filter(component -> component.getType() == Growing.class)
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = new TreeSet<>(model.table().lists().keySet());
        if (!growing.equals(named)) {
            throw new DeclarationRefused("The table " + model.table().table() + " of the read model " + model.type()
                    + " names the lists " + named + ", and "
                    + model.table().type().getName() + " has the Growing components "
                    + growing + ": name each by list(…), as it is called there");
        }
    }

    private static List<RecordComponent> componentsOf(ReadModel<?> model) {
        RecordComponent[] components = model.table().type().getRecordComponents();
        return components == null ? List.of() : Arrays.asList(components);
    }

    /**
     * Requires that no table or index of theirs is called as another is, or as one of the ledger's own.
     *
     * @throws DeclarationRefused naming the one that is
     */
    void requireNamesOfTheirOwn(List<ReadModel<?>> models) {
        Map<String, String> whose = new HashMap<>();
        OF_LEDGER.forEach(name -> whose.put(name, "the ledger itself"));
        for (ReadModel<?> model : models) {
            for (String name : made(model)) {
                String other = whose.put(name.toLowerCase(Locale.ROOT), "the read model " + model.type());
                if (other != null) {
                    throw new DeclarationRefused("The read model " + model.type() + " with the projection "
                            + model.table().projection() + " would have a table or an index " + name + ", as " + other
                            + " has: name the projection otherwise");
                }
            }
        }
    }

    private static List<String> made(ReadModel<?> model) {
        try {
            return DerivedFile.requireMakeable(model.table().ddl());
        } catch (SQLException refused) {
            throw new DeclarationRefused(
                    "No table can be made for the read model " + model.type()
                            + ", whose names are words of SQL or there twice: " + refused.getMessage(),
                    refused);
        }
    }
}
