package io.swarmledger.app.exports;

import java.util.Map;

/**
 * How much an export wrote.
 *
 * @param passedOver of the events those of types that whoever the format is for does not know, by type: they are in the
 *     file, and passed over there
 */
public record Exported(long events, long snapshots, Map<String, Long> passedOver) {

    /** One of which nothing is passed over. */
    public Exported(long events, long snapshots) {
        this(events, snapshots, Map.of());
    }
}
