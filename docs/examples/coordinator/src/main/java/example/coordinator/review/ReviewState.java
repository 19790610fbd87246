package example.coordinator.review;

import example.coordinator.review.ReviewEvent.ReviewClosed;
import example.coordinator.review.ReviewEvent.ReviewOpened;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.ViewTable;
import java.util.List;

/** What is known of a review. */
public record ReviewState(String id, String swarmId, String taskId, String status, String verdict) {

    /** The projection that keeps it, and what queries answer from. */
    static final String REVIEWS = "reviews";

    static final ReadModel<ReviewState> MODEL = ReadModel.of(
                    Review.TYPE,
                    ReviewEvent.class,
                    ReviewState::after,
                    ViewTable.of(REVIEWS, ReviewState.class)
                            .column("swarmId", ReviewState::swarmId)
                            .column("status", ReviewState::status)
                            .column("taskId", ReviewState::taskId),
                    ReviewState::swarmId)
            .withBirth("review:opened")
            .withStatus(ReviewState::status)
            .withStatuses(List.of("open", "closed"));

    private static ReviewState after(ReviewState before, LedgerEvent event, Recorded recorded) {
        if (event instanceof ReviewOpened opened) {
            return new ReviewState(recorded.aggregateId(), recorded.swarmId(), opened.taskId(), "open", null);
        }
        return before != null && event instanceof ReviewClosed closed
                ? new ReviewState(before.id, before.swarmId, before.taskId, "closed", closed.verdict())
                : before;
    }
}
