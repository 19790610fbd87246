package io.swarmledger.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.TrackingToken;

/**
 * Axon's replay token names the classes of what it holds, and would load whatever class a file names as its context.
 * Here its tokens have the names of {@link StoredTypes}, and the context, which no reset of ours has, is left out.
 */
abstract class ReplayTokenWithStableNames {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = GlobalSequenceTrackingToken.class, name = StoredTypes.GLOBAL_SEQUENCE_TOKEN),
        @JsonSubTypes.Type(value = GapAwareTrackingToken.class, name = StoredTypes.GAP_AWARE_TOKEN),
        @JsonSubTypes.Type(value = MergedTrackingToken.class, name = StoredTypes.MERGED_TOKEN)
    })
    TrackingToken tokenAtReset;

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = GlobalSequenceTrackingToken.class, name = StoredTypes.GLOBAL_SEQUENCE_TOKEN),
        @JsonSubTypes.Type(value = GapAwareTrackingToken.class, name = StoredTypes.GAP_AWARE_TOKEN),
        @JsonSubTypes.Type(value = MergedTrackingToken.class, name = StoredTypes.MERGED_TOKEN)
    })
    TrackingToken currentToken;

    @JsonIgnore
    Object context;
}
