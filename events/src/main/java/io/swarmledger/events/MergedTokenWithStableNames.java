package io.swarmledger.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.axonframework.eventhandling.TrackingToken;
import tools.jackson.databind.annotation.JsonTypeIdResolver;

/** Axon's merged token names the classes of what it holds too, which may be replays. */
abstract class MergedTokenWithStableNames {

    @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "type")
    @JsonTypeIdResolver(StableNames.class)
    abstract TrackingToken lowerSegmentToken();

    @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "type")
    @JsonTypeIdResolver(StableNames.class)
    abstract TrackingToken upperSegmentToken();
}
