package example.coordinator.review;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.view.ViewReader;
import io.swarmledger.query.view.Views;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Answers what is asked about reviews. */
@Component
public class ReviewQueries {

    private final ViewReader<ReviewState> reviews;

    ReviewQueries(Views views) {
        this.reviews = views.of(ReviewState.MODEL);
    }

    /**
     * Asks for reviews, by id.
     *
     * @param status open or closed; {@code null} for both
     */
    public record FindReviews(String status) implements LedgerQuery {

        @Override
        public String answeredFrom() {
            return ReviewState.REVIEWS;
        }
    }

    @QueryHandler
    Page<ReviewState> handle(FindReviews query) {
        return reviews.page(
                reviews.live().is("status", query.status()), ViewReader.byId(ReviewState::id), null, null);
    }
}
