package io.swarmledger.app.embedding.review;

import io.swarmledger.app.embedding.review.ReviewCommand.ApproveReview;
import io.swarmledger.app.embedding.review.ReviewCommand.CommentReview;
import io.swarmledger.app.embedding.review.ReviewCommand.ObserveReview;
import io.swarmledger.app.embedding.review.ReviewCommand.OpenReview;
import io.swarmledger.app.embedding.review.ReviewCommand.RateReview;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewApproved;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewCommented;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewOpened;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewRated;
import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.Decides;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.Rule;
import io.swarmledger.commands.Violation;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentStopped;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.modelling.command.AggregateRoot;

/** A review is opened once, and closed by its approval. */
@AggregateRoot(type = Review.TYPE)
public final class Review extends LedgerAggregate {

    static final String TYPE = "review";

    public static final AggregateType DECLARED =
            new AggregateType(TYPE, ReviewEvent.class, Review.class, "1", ReviewCommand::of, ObserveReview::new);

    private static final List<Rule<Review>> RULES = List.of(
            new ReviewIsOpenedOnce(),
            new ApprovedReviewIsClosed(),
            new ReviewIsRatedUpwards(),
            new CommentSaysSomething());

    private static final double BEST = 5;

    /** What it makes of a rating, by whom that is, where it is not mended yet. */
    private static final Map<String, Supplier<LedgerEvent>> MISTAKES = Map.of(
            "nothing", () -> null,
            "thrown",
                    () -> {
                        throw new IllegalArgumentException("it cannot be completed");
                    },
            "another's", () -> new ReviewCommented("another", "well"),
            "no number", () -> new ReviewRated(null, Double.NaN, null));

    private String status;
    private Double score;

    private Review() {}

    static final class ReviewIsOpenedOnce implements Rule<Review> {

        @Override
        public java.util.Optional<String> objection(Review review, LedgerEvent proposed) {
            return Rule.brokenIf(proposed instanceof ReviewOpened && review.status != null, "it is open already");
        }
    }

    static final class ApprovedReviewIsClosed implements Rule<Review> {

        @Override
        public java.util.Optional<String> objection(Review review, LedgerEvent proposed) {
            return Rule.brokenIf("approved".equals(review.status), "it is approved");
        }
    }

    static final class ReviewIsRatedUpwards implements Rule<Review> {

        @Override
        public java.util.Optional<String> objection(Review review, LedgerEvent proposed) {
            return Rule.brokenIf(
                    proposed instanceof ReviewRated e && review.score != null && e.score() < review.score,
                    "it has " + review.score);
        }
    }

    /** It has forgotten that what was not said is null. */
    static final class CommentSaysSomething implements Rule<Review> {

        @Override
        public java.util.Optional<String> objection(Review review, LedgerEvent proposed) {
            return Rule.brokenIf(
                    proposed instanceof ReviewCommented comment
                            && comment.text().isBlank(),
                    "it is blank");
        }
    }

    @Decides
    void handle(OpenReview command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(CommentReview command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(RateReview command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ApproveReview command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ObserveReview fact, Envelope envelope) {
        observe(fact, envelope);
    }

    @Override
    protected String type() {
        return TYPE;
    }

    @Override
    protected LedgerEvent complete(LedgerEvent proposed, double now) {
        if (proposed instanceof ReviewOpened e) {
            return new ReviewOpened(id(), e.taskId(), e.reviewer(), or(e.openedAt(), now));
        }
        if (proposed instanceof ReviewApproved e) {
            return new ReviewApproved(id(), or(e.approvedAt(), now));
        }
        if (proposed instanceof ReviewRated e && "another type".equals(e.by())) {
            return new AgentStopped(id(), null, null);
        }
        if (proposed instanceof ReviewRated e && e.by() != null && MISTAKES.containsKey(e.by())) {
            return MISTAKES.get(e.by()).get();
        }
        if (proposed instanceof ReviewRated e && e.score() < 0) {
            return new ReviewCommented(id(), e.by() + " has no score for it");
        }
        if (proposed instanceof ReviewRated e) {
            return new ReviewRated(
                    null, Math.min(BEST, e.score()), e.by() == null ? null : e.by().isBlank() ? null : e.by().strip());
        }
        return proposed;
    }

    @Override
    protected List<Violation> judge(LedgerEvent proposed) {
        return Rule.judge(RULES, this, proposed);
    }

    @Override
    protected void evolve(LedgerEvent event, double timestamp) {
        if (event instanceof ReviewOpened) {
            status = "open";
        } else if (event instanceof ReviewApproved) {
            status = "approved";
        } else if (event instanceof ReviewRated e) {
            score = e.score();
        }
    }

    @Override
    protected String describe() {
        return status == null ? "not opened" : status;
    }

    @Override
    protected long characters() {
        return lengthOf(status);
    }
}
