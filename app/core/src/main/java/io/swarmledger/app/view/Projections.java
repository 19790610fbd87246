package io.swarmledger.app.view;

import io.swarmledger.query.view.Projection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The projections by their names. */
public final class Projections {

    private final Map<String, Projection<?>> byName = new LinkedHashMap<>();

    public Projections(List<Projection<?>> projections) {
        projections.forEach(projection -> byName.put(projection.name(), projection));
    }

    /**
     * The one of that name.
     *
     * @throws UnknownProjection if there is none
     */
    public Projection<?> of(String name) {
        Projection<?> projection = byName.get(name);
        if (projection == null) {
            throw new UnknownProjection(name, byName.keySet());
        }
        return projection;
    }

    /** Their names. */
    public Collection<String> names() {
        return byName.keySet();
    }
}
