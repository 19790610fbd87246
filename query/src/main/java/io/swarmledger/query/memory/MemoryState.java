package io.swarmledger.query.memory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * A memory, as its events tell: what is known of it, not what is in it. Times in epoch milliseconds.
 *
 * @param size bytes
 * @param accessCount how often it was read since it was stored
 * @param deletedAt when it was deleted or expired, {@code null} while it is stored
 * @param expiredAt when it expired, {@code null} if it did not
 */
@RecordBuilder
public record MemoryState(
        String id,
        String namespace,
        String key,
        String type,
        Long size,
        long accessCount,
        Double storedAt,
        Double lastAccessedAt,
        Double deletedAt,
        @JsonProperty("isDeleted") boolean isDeleted,
        Double expiredAt,
        String swarmId)
        implements MemoryStateBuilder.With {

    /** Every status there is. */
    static final List<String> STATUSES = List.of("stored", "deleted", "expired");

    /** Those of what is there no more. */
    static final List<String> GONE = List.of("deleted", "expired");

    /** What it is counted under: stored, deleted or expired. */
    public String status() {
        if (!isDeleted) {
            return "stored";
        }
        return expiredAt == null ? "deleted" : "expired";
    }
}
