package io.swarmledger.app.view;

import java.util.List;

/** There is no projection of that name, so there is nothing to rebuild. */
public final class UnknownProjection extends RuntimeException {

    UnknownProjection(String name, List<String> known) {
        super("There is no projection " + name + ": there are " + String.join(", ", known));
    }
}
