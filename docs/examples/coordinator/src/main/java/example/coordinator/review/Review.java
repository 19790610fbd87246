package example.coordinator.review;

import example.coordinator.review.ReviewCommand.CloseReview;
import example.coordinator.review.ReviewCommand.ObserveReview;
import example.coordinator.review.ReviewCommand.OpenReview;
import example.coordinator.review.ReviewEvent.ReviewClosed;
import example.coordinator.review.ReviewEvent.ReviewOpened;
import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.Decides;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.Rule;
import io.swarmledger.commands.Violation;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import java.util.List;
import java.util.Optional;
import org.axonframework.modelling.command.AggregateRoot;

/** A review is opened once, and closed once. */
@AggregateRoot(type = Review.TYPE)
public final class Review extends LedgerAggregate {

    static final String TYPE = "review";

    /** What the ledger is told of it. Another shape of its fields is another revision than "1". */
    static final AggregateType DECLARED = new AggregateType(
            TYPE, ReviewEvent.class, Review.class, "1", ReviewCommand::of, ObserveReview::new);

    private String status;

    private Review() {}

    @Decides
    void handle(OpenReview command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(CloseReview command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ObserveReview fact, Envelope envelope) {
        observe(fact, envelope);
    }

    static final class ReviewIsOpenedOnce implements Rule<Review> {

        @Override
        public Optional<String> objection(Review review, LedgerEvent proposed) {
            return Rule.brokenIf(proposed instanceof ReviewOpened && review.status != null, "it was opened before");
        }
    }

    static final class ReviewIsClosedOnce implements Rule<Review> {

        @Override
        public Optional<String> objection(Review review, LedgerEvent proposed) {
            return Rule.brokenIf(
                    proposed instanceof ReviewClosed && "closed".equals(review.status), "it has a verdict already");
        }
    }

    @Override
    protected List<Violation> judge(LedgerEvent proposed) {
        return Rule.judge(List.of(new ReviewIsOpenedOnce(), new ReviewIsClosedOnce()), this, proposed);
    }

    @Override
    protected LedgerEvent complete(LedgerEvent proposed, double now) {
        if (proposed instanceof ReviewOpened opened) {
            return new ReviewOpened(id(), opened.taskId(), or(opened.openedAt(), now));
        }
        if (proposed instanceof ReviewClosed closed) {
            return new ReviewClosed(id(), closed.verdict(), or(closed.closedAt(), now));
        }
        return proposed;
    }

    @Override
    protected void evolve(LedgerEvent event, double timestamp) {
        if (event instanceof ReviewOpened) {
            status = "open";
        } else if (event instanceof ReviewClosed) {
            status = "closed";
        }
    }

    @Override
    protected String type() {
        return TYPE;
    }

    @Override
    protected String describe() {
        return status == null ? "never opened" : status;
    }

    @Override
    protected long characters() {
        return lengthOf(status);
    }
}
