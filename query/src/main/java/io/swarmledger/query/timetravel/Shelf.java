package io.swarmledger.query.timetravel;

import io.swarmledger.query.view.ReadModel;

/** Where a thing lies while it has a state: on one shelf what is there of its model, on another what is gone. */
final class Shelf {

    private Shelf() {}

    /** The shelf of what is there. */
    static int there(ReadModel<?> model) {
        return 2 * Models.numberOf(model);
    }

    /** The shelf of what is gone. */
    static int gone(ReadModel<?> model) {
        return there(model) + 1;
    }

    static <S> int of(ReadModel<S> model, S state) {
        return model.isThere(state) ? there(model) : gone(model);
    }
}
