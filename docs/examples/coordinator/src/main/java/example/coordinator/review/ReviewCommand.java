package example.coordinator.review;

import example.coordinator.review.ReviewEvent.ReviewClosed;
import example.coordinator.review.ReviewEvent.ReviewOpened;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.Observe;
import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a review. A command says what it knows; what is {@code null} the review fills in. */
public interface ReviewCommand extends LedgerCommand {

    @Override
    default String aggregateType() {
        return Review.TYPE;
    }

    record OpenReview(@TargetAggregateIdentifier String aggregateId, String taskId, Double openedAt)
            implements ReviewCommand {

        public OpenReview {
            Require.newId("reviewId", aggregateId);
            Require.id("taskId", taskId);
        }

        public OpenReview(String reviewId, String taskId) {
            this(reviewId, taskId, null);
        }

        @Override
        public LedgerEvent event() {
            return new ReviewOpened(aggregateId, taskId, openedAt);
        }
    }

    record CloseReview(@TargetAggregateIdentifier String aggregateId, String verdict, Double closedAt)
            implements ReviewCommand {

        public CloseReview {
            Require.id("reviewId", aggregateId);
            Require.text("verdict", verdict);
        }

        public CloseReview(String reviewId, String verdict) {
            this(reviewId, verdict, null);
        }

        @Override
        public LedgerEvent event() {
            return new ReviewClosed(aggregateId, verdict, closedAt);
        }
    }

    /** Records what has happened to a review, whether its rules like it or not. */
    record ObserveReview(@TargetAggregateIdentifier String aggregateId, LedgerEvent event) implements Observe {

        public ObserveReview {
            Observe.require(Review.TYPE, aggregateId, event);
        }

        @Override
        public String aggregateType() {
            return Review.TYPE;
        }
    }

    /** The command that asks for an event of a review. */
    static LedgerCommand of(String id, LedgerEvent event) {
        if (event instanceof ReviewOpened opened) {
            return new OpenReview(id, opened.taskId(), opened.openedAt());
        }
        ReviewClosed closed = (ReviewClosed) event;
        return new CloseReview(id, closed.verdict(), closed.closedAt());
    }
}
