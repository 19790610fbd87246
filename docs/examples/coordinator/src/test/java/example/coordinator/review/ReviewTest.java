package example.coordinator.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import example.coordinator.review.ReviewCommand.CloseReview;
import example.coordinator.review.ReviewCommand.OpenReview;
import example.coordinator.review.ReviewEvent.ReviewClosed;
import example.coordinator.review.ReviewEvent.ReviewOpened;
import example.coordinator.review.ReviewQueries.FindReviews;
import io.swarmledger.Feature;
import io.swarmledger.Ledger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.RuleBroken;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.PageOf;
import io.swarmledger.testing.GoldenJson;
import java.nio.file.Path;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewTest {

    @TempDir
    Path directory;

    @Test
    void itsEventsAreStoredAsTheyWereOnTheFirstDay() {
        GoldenJson.of(ReviewEvent.class)
                .hold(
                        new ReviewOpened("review-1", "task-1", 1_767_225_600_000.25),
                        "review:opened",
                        "1",
                        Path.of("src/test/resources/contract/ReviewOpened.1.json"));
    }

    @Test
    void itHasOneVerdict() {
        new AggregateTestFixture<>(Review.class)
                .given(
                        new ReviewOpened("review-1", "task-1", 1d),
                        new ReviewClosed("review-1", "as it should be", 2d))
                .when(new CloseReview("review-1", "not at all"))
                .expectNoEvents()
                .expectException(RuleBroken.class);
    }

    @Test
    void itIsRecordedAskedForAndMadeAnewFromTheLog() {
        try (Ledger ledger = Ledger.in(directory)
                .with(Feature.of(Review.DECLARED, ReviewState.MODEL))
                .with(ReviewQueries.class, ReviewQueries::new)
                .open()) {
            ledger.commands().sendAndWait(new OpenReview("review-1", "task-1"));
            ledger.commands().sendAndWait(new OpenReview("review-2", "task-2"));
            Appended closed = ledger.commands().sendAndWait(new CloseReview("review-1", "as it should be"));

            assertThat(ledger.queries()
                            .query(
                                    AtLeast.position(closed.position(), new FindReviews("closed")),
                                    PageOf.items(ReviewState.class))
                            .join()
                            .items())
                    .extracting(ReviewState::id, ReviewState::verdict)
                    .containsExactly(tuple("review-1", "as it should be"));

            ledger.replays().start(List.of(ReviewState.REVIEWS)).done().join();
            assertThat(ledger.queries()
                            .query(new FindReviews(null), PageOf.items(ReviewState.class))
                            .join()
                            .items())
                    .hasSize(2);
        }
    }
}
