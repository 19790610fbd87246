package io.swarmledger.app.embedding.review;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.view.Projection;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Subscribable;
import io.swarmledger.query.view.Updates;
import io.swarmledger.query.view.ViewReader;
import io.swarmledger.query.view.Views;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Answers a coordinator's own questions. */
public final class ReviewQueries implements Subscribable<ReviewState> {

    private final ViewReader<ReviewState> reviews;
    private final ViewReader<TeamWork> teams;

    public ReviewQueries(Views views) {
        this.reviews = views.of(ReviewState.MODEL);
        this.teams = views.of(TeamWork.MODEL);
    }

    public record FindReviews(String reviewer, String status) implements LedgerQuery {

        @Override
        public String answeredFrom() {
            return "open-reviews";
        }
    }

    public record GetReview(String id) implements LedgerQuery {

        @Override
        public String answeredFrom() {
            return "open-reviews";
        }
    }

    public record GetTeam(String id) implements LedgerQuery {

        @Override
        public String answeredFrom() {
            return "team-work";
        }
    }

    @Override
    public ReadModel<ReviewState> model() {
        return ReviewState.MODEL;
    }

    @Override
    public Projection.Changes updates(QueryUpdateEmitter emitter) {
        return new Updates<>(emitter, reviews::byId)
                .to(GetReview.class, (query, review) -> query.id().equals(review.id()));
    }

    @QueryHandler
    Page<ReviewState> handle(FindReviews query) {
        return reviews.page(
                reviews.live().is("reviewer", query.reviewer()).is("status", query.status()),
                ViewReader.byId(ReviewState::id),
                null,
                null);
    }

    @QueryHandler
    Optional<ReviewState> handle(GetReview query) {
        return reviews.byId(query.id());
    }

    @QueryHandler
    Optional<TeamWork> handle(GetTeam query) {
        return teams.byId(query.id());
    }
}
