package io.swarmledger.app.embedding.review;

import io.swarmledger.events.EventType;
import io.swarmledger.events.LedgerEvent;

/** What happens to a review: a coordinator's own events. */
public sealed interface ReviewEvent extends LedgerEvent {

    @EventType(value = "review:opened", begins = true)
    record ReviewOpened(String reviewId, String taskId, String reviewer, Double openedAt) implements ReviewEvent {}

    @EventType("review:commented")
    record ReviewCommented(String reviewId, String text) implements ReviewEvent {}

    @EventType("review:rated")
    record ReviewRated(String reviewId, Double score, String by) implements ReviewEvent {}

    @EventType("review:approved")
    record ReviewApproved(String reviewId, Double approvedAt) implements ReviewEvent {}
}
