package io.swarmledger.query.view;

import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.query.ReadModels;

/** The views of a ledger, for whoever answers questions from them. */
public final class Views {

    private final Reading reading;
    private final ReadModels models;

    public Views(Reading reading, ReadModels models) {
        this.reading = reading;
        this.models = models;
    }

    /**
     * Reads the view of that model.
     *
     * @throws DeclarationRefused if none of the features that the ledger was opened with has it
     */
    public <S> ViewReader<S> of(ReadModel<S> model) {
        if (!models.projections().contains(model.table().projection())) {
            throw new DeclarationRefused("The projection " + model.table().projection() + " of the read model "
                    + model.type() + " is not declared: declare it by a Feature");
        }
        return new ViewReader<>(reading, model.table());
    }
}
