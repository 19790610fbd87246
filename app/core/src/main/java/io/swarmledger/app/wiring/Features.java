package io.swarmledger.app.wiring;

import io.swarmledger.Feature;
import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.EventTypes;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.ReadModel;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** What a ledger knows of: the four features that every one has, and those of the application. */
final class Features {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Names that mean something else where a projection is named. */
    private static final Set<String> TAKEN = Set.of(LedgerQuery.LOG, LedgerQuery.TIME_TRAVEL, "all");

    private final AggregateTypes aggregates;
    private final ReadModels readModels;

    /**
     * The ledger's own and these.
     *
     * @throws IllegalArgumentException naming what is wrong, if one of them is not declared as it must be
     */
    Features(List<Feature> own) {
        own.stream().map(Feature::aggregate).filter(Objects::nonNull).forEach(Features::check);
        own.stream().flatMap(feature -> feature.readModels().stream()).forEach(Features::check);
        aggregates = AggregateTypes.ofLedger()
                .and(own.stream()
                        .map(Feature::aggregate)
                        .filter(Objects::nonNull)
                        .toList());
        readModels = ReadModels.ofLedger()
                .and(own.stream()
                        .<ReadModel<?>>flatMap(feature -> feature.readModels().stream())
                        .toList());
    }

    private static void check(AggregateType aggregate) {
        requireType(aggregate.type(), "aggregate");
        for (String name : EventTypes.of(aggregate.events()).keySet()) {
            if (!EventTypes.kindOf(name).equals(aggregate.type())) {
                throw new IllegalArgumentException("The event type " + name + " of the aggregate " + aggregate.type()
                        + " does not begin with " + aggregate.type() + ":");
            }
        }
    }

    private static void check(ReadModel<?> model) {
        requireType(model.type(), "read model");
        if (TAKEN.contains(model.table().projection())) {
            throw new IllegalArgumentException("The projection of the read model " + model.type() + " is named "
                    + model.table().projection() + ", which means something else");
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
