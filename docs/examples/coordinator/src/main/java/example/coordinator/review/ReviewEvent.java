package example.coordinator.review;

import io.swarmledger.events.EventType;
import io.swarmledger.events.LedgerEvent;

/** What happens to a review of a task. */
public sealed interface ReviewEvent extends LedgerEvent {

    @EventType(value = "review:opened", begins = true)
    record ReviewOpened(String reviewId, String taskId, Double openedAt) implements ReviewEvent {}

    @EventType("review:closed")
    record ReviewClosed(String reviewId, String verdict, Double closedAt) implements ReviewEvent {}
}
