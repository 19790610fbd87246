package io.swarmledger.app.wiring;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Fold;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.view.ReadModel;
import java.util.Objects;

/**
 * A fold of an application's, held to what the ledger's own keep to: whatever goes wrong with a state goes wrong where its
 * event is folded, and makes one dead letter of it. Later, where states are written, it would stop everybody.
 */
record StrictFold<S>(ReadModel<S> model) implements Fold<S> {

    static <S> ReadModel<S> of(ReadModel<S> model) {
        ReadModel<S> strict = model.withFold(new StrictFold<>(model));
        return model.isByAggregate()
                ? strict
                : strict.withKey((event, recorded) ->
                        model.events().isInstance(event) ? model.key().of(event, recorded) : null);
    }

    @Override
    public S evolve(S state, LedgerEvent event, Recorded recorded) {
        if (!model.folds(event.getClass())) {
            return state;
        }
        S after = model.fold().evolve(state, event, recorded);
        if (after == null && state != null) {
            throw new IllegalStateException("The fold of " + model.type()
                    + " gives a state up: what is gone has a status under which it is gone");
        }
        if (after != null && after != state) {
            requireItsId(after, model.thingOf(event, recorded));
            Objects.requireNonNull(model.swarmId().apply(after), "it belongs to no swarm");
            String status = Objects.requireNonNull(model.status().apply(after), "it has no status");
            model.gone().contains(status);
            model.table().columnsOf(after);
            model.table().lists().forEach((name, list) -> Objects.requireNonNull(list.apply(after), name));
        }
        return after;
    }

    /** Rows lie by their keys, and whoever reads a state calls it by its id. */
    private void requireItsId(S state, String key) {
        Object id = StateId.of(state);
        if (!key.equals(id)) {
            throw new IllegalStateException(
                    "The fold of " + model.type() + " answers a state with the id " + id + " for " + key);
        }
    }
}
