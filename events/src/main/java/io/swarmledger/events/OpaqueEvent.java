package io.swarmledger.events;

import java.util.Optional;

/**
 * An event that is kept whole without being understood: its type is unknown, or it is known and this payload cannot be
 * read as one. Aggregates pass over it; projections pass over an unknown type and dead-letter an unreadable one.
 *
 * @param type the stored event type
 * @param revision the stored revision of the payload, {@code null} if there is none
 * @param payload the stored payload, to the character
 * @param defect why a known type could not be read, {@code null} for an unknown type
 */
public record OpaqueEvent(String type, String revision, String payload, String defect) implements LedgerEvent {

    public static OpaqueEvent unknown(String type, String revision, String payload) {
        return new OpaqueEvent(type, revision, payload, null);
    }

    public static OpaqueEvent unreadable(String type, String revision, String payload, String defect) {
        return new OpaqueEvent(type, revision, payload, defect);
    }

    /** Why the payload of this known type could not be read; empty if the type itself is unknown. */
    public Optional<String> unreadableBecause() {
        return Optional.ofNullable(defect);
    }
}
