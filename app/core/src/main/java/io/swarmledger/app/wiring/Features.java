package io.swarmledger.app.wiring;

import io.swarmledger.Feature;
import io.swarmledger.app.view.FoldsUnderWay;
import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.incident.Incident;
import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.ReadModel;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a ledger knows of: agents, tasks, memories and swarms, what people say of incidents, and features of the application. */
final class Features {

    private static final Feature INCIDENTS = Feature.of(Incident.DECLARED);

    private final AggregateTypes aggregates;
    private final ReadModels readModels;
    private final FoldsUnderWay folds = new FoldsUnderWay();

    /**
     * The ledger's own and these.
     *
     * @throws DeclarationRefused naming what is wrong, if one of them is not declared as it must be
     */
    Features(List<Feature> own) {
        List<AggregateType> types = Stream.concat(Stream.of(INCIDENTS), own.stream())
                .map(Feature::aggregate)
                .filter(Objects::nonNull)
                .toList();
        List<ReadModel<?>> models = own.stream()
                .<ReadModel<?>>flatMap(feature -> feature.readModels().stream())
                .sorted(Comparator.comparing(ReadModel::type))
                .toList();
        aggregates = AggregateTypes.ofLedger().and(types);
        OwnReadModels declared = new OwnReadModels(aggregates.storedTypes());
        models.forEach(declared::require);
        readModels = ReadModels.ofLedger()
                .and(models.stream()
                        .<ReadModel<?>>map(model -> StrictFold.of(model, folds))
                        .toList());
        declared.requireNamesOfTheirOwn(models);
    }

    AggregateTypes aggregates() {
        return aggregates;
    }

    ReadModels readModels() {
        return readModels;
    }

    FoldsUnderWay folds() {
        return folds;
    }
}
