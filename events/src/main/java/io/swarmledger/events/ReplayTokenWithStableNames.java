package io.swarmledger.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.axonframework.eventhandling.TrackingToken;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.annotation.JsonTypeIdResolver;

/**
 * Axon's replay token names the classes of what it holds, and writes what a reset was for under a name that it does not
 * read. Here its parts have {@link StableNames}. A processor that is reset holds a replay within a replay: Axon's first
 * token is one already.
 */
abstract class ReplayTokenWithStableNames {

    @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "type")
    @JsonTypeIdResolver(StableNames.class)
    TrackingToken tokenAtReset;

    @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "type")
    @JsonTypeIdResolver(StableNames.class)
    TrackingToken currentToken;

    @JsonProperty("resetContext")
    @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
    @JsonSerialize(using = ResetContextJson.Write.class)
    @JsonDeserialize(using = ResetContextJson.Read.class)
    Object context;
}
