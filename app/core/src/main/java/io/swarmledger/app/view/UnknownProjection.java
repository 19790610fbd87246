package io.swarmledger.app.view;

import java.util.Collection;

/** There is no projection of that name. */
public final class UnknownProjection extends RuntimeException {

    UnknownProjection(String name, Collection<String> known) {
        super("There is no projection " + name + "; there are " + String.join(", ", known));
    }
}
