package io.swarmledger.app.embedding.review;

import io.swarmledger.app.embedding.review.ReviewEvent.ReviewApproved;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewCommented;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewOpened;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewRated;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.Observe;
import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a review. */
public interface ReviewCommand extends LedgerCommand {

    @Override
    default String aggregateType() {
        return Review.TYPE;
    }

    record OpenReview(@TargetAggregateIdentifier String aggregateId, String taskId, String reviewer, Double openedAt)
            implements ReviewCommand {

        public OpenReview {
            Require.id("reviewId", aggregateId);
            Require.id("taskId", taskId);
            Require.text("reviewer", reviewer);
        }

        @Override
        public LedgerEvent event() {
            return new ReviewOpened(aggregateId, taskId, reviewer, openedAt);
        }
    }

    record CommentReview(@TargetAggregateIdentifier String aggregateId, String text) implements ReviewCommand {

        @Override
        public LedgerEvent event() {
            return new ReviewCommented(aggregateId, text);
        }
    }

    record RateReview(@TargetAggregateIdentifier String aggregateId, Double score, String by) implements ReviewCommand {

        @Override
        public LedgerEvent event() {
            return new ReviewRated(aggregateId, score, by);
        }
    }

    record ApproveReview(@TargetAggregateIdentifier String aggregateId, Double approvedAt) implements ReviewCommand {

        @Override
        public LedgerEvent event() {
            return new ReviewApproved(aggregateId, approvedAt);
        }
    }

    record ObserveReview(@TargetAggregateIdentifier String aggregateId, LedgerEvent event) implements Observe {

        public ObserveReview {
            Observe.require(Review.TYPE, aggregateId, event);
        }

        @Override
        public String aggregateType() {
            return Review.TYPE;
        }
    }

    /** The command that asks for an event. */
    static LedgerCommand of(String id, LedgerEvent event) {
        if (event instanceof ReviewOpened e) {
            return new OpenReview(id, e.taskId(), e.reviewer(), e.openedAt());
        }
        if (event instanceof ReviewCommented e) {
            return new CommentReview(id, e.text());
        }
        if (event instanceof ReviewRated e) {
            return new RateReview(id, e.score(), e.by());
        }
        return new ApproveReview(id, ((ReviewApproved) event).approvedAt());
    }
}
