package io.swarmledger.query.view;

/** The views of a ledger, for whoever answers questions from them. */
public final class Views {

    private final Reading reading;

    public Views(Reading reading) {
        this.reading = reading;
    }

    /** Reads the view of that model. */
    public <S> ViewReader<S> of(ReadModel<S> model) {
        return new ViewReader<>(reading, model.table());
    }
}
