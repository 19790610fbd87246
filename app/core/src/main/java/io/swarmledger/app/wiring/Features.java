package io.swarmledger.app.wiring;

import io.swarmledger.Feature;
import io.swarmledger.app.log.sqlite.DerivedFile;
import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.ReadModel;
import java.lang.reflect.RecordComponent;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.axonframework.modelling.command.AggregateRoot;

/** What a ledger knows of: the four features that every one has, and those of the application. */
final class Features {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Names that mean something else where a projection, or the things of a type, are named. */
    private static final Set<String> TAKEN =
            Set.of(LedgerQuery.LOG, LedgerQuery.TIME_TRAVEL, "all", "agents", "tasks", "memories", "swarms");

    /** Tables of the views' file that are none of a view's, as SQLite compares their names. */
    private static final Set<String> TABLES = Set.of(
            "projection", "viewof", "grownitem", "ownview", "tokenentry", "deadletterentry", "flyway_schema_history");

    private final AggregateTypes aggregates;
    private final ReadModels readModels;

    /**
     * The ledger's own and these.
     *
     * @throws IllegalArgumentException naming what is wrong, if one of them is not declared as it must be
     */
    Features(List<Feature> own) {
        List<AggregateType> types =
                own.stream().map(Feature::aggregate).filter(Objects::nonNull).toList();
        List<ReadModel<?>> models = own.stream()
                .<ReadModel<?>>flatMap(feature -> feature.readModels().stream())
                .sorted(Comparator.comparing(ReadModel::type))
                .toList();
        types.forEach(Features::check);
        models.forEach(Features::check);
        aggregates = AggregateTypes.ofLedger().and(types);
        readModels = ReadModels.ofLedger()
                .and(models.stream().<ReadModel<?>>map(StrictFold::of).toList());
    }

    private static void check(AggregateType aggregate) {
        requireType(aggregate.type(), "aggregate");
        AggregateRoot root = aggregate.root().getAnnotation(AggregateRoot.class);
        if (root == null || !root.type().equals(aggregate.type())) {
            throw new IllegalArgumentException(aggregate.root().getName() + " is declared as an aggregate of type "
                    + aggregate.type() + ", and needs @AggregateRoot(type = \"" + aggregate.type() + "\")");
        }
        Map<String, Class<? extends LedgerEvent>> events = EventTypes.of(aggregate.events());
        if (events.values().stream().noneMatch(EventTypes::isFirst)) {
            throw new IllegalArgumentException("No " + aggregate.type()
                    + " can ever be there: none of its events is marked as one that it begins with");
        }
        for (String name : events.keySet()) {
            if (!EventTypes.kindOf(name).equals(aggregate.type())) {
                throw new IllegalArgumentException("The event type " + name + " of the aggregate " + aggregate.type()
                        + " does not begin with " + aggregate.type() + ":");
            }
        }
    }

    private static void check(ReadModel<?> model) {
        requireType(model.type(), "read model");
        if (model.events() != LedgerEvent.class) {
            EventTypes.of(model.events());
        }
        requireId(model);
        String table = model.table().table();
        if (TAKEN.contains(model.table().projection())
                || TAKEN.contains(model.type())
                || TABLES.contains(table.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("The read model " + model.type() + " with the projection "
                    + model.table().projection() + " has a name that means something else");
        }
        try {
            DerivedFile.requireMakeable(model.table().ddl());
        } catch (SQLException refused) {
            throw new IllegalArgumentException(
                    "No table can be made for the read model " + model.type()
                            + ", whose names are words of SQL or there" + " twice: " + refused.getMessage(),
                    refused);
        }
    }

    /** What finds changes and proves numbers reads states by their components, and things by their ids. */
    private static void requireId(ReadModel<?> model) {
        Class<?> state = model.table().type();
        boolean hasId = state.isRecord()
                && Arrays.stream(state.getRecordComponents())
                        .filter(component -> component.getName().equals("id"))
                        .map(RecordComponent::getType)
                        .anyMatch(String.class::equals);
        if (!hasId) {
            throw new IllegalArgumentException("The states of the read model " + model.type() + " are of "
                    + state.getName() + ", which is no record with a String id");
        }
    }

    private static void requireType(String type, String what) {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    type + " is no type for the " + what + ": those are lower-case letters, digits and -");
        }
    }

    AggregateTypes aggregates() {
        return aggregates;
    }

    ReadModels readModels() {
        return readModels;
    }
}
