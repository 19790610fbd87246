package io.swarmledger.query.timetravel;

import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.ReadModel;

/** Where a thing lies while it has a state: on one shelf what is there of its model, on another what is gone. */
final class Shelf {

    private Shelf() {}

    /** The shelf of what is there. */
    static int there(ReadModels models, ReadModel<?> model) {
        return 2 * models.numberOf(model);
    }

    /** The shelf of what is gone. */
    static int gone(ReadModels models, ReadModel<?> model) {
        return there(models, model) + 1;
    }

    static <S> int of(ReadModels models, ReadModel<S> model, S state) {
        return model.isThere(state) ? there(models, model) : gone(models, model);
    }
}
