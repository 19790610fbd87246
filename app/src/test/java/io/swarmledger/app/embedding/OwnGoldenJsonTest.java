package io.swarmledger.app.embedding;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.embedding.review.ReviewEvent;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewOpened;
import io.swarmledger.testing.GoldenJson;
import io.swarmledger.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has event types of their own holds them to what is in logs already. */
class OwnGoldenJsonTest {

    private static final ReviewOpened EVENT = new ReviewOpened("review-1", "task-1", "anna", 1_767_225_600_000.25);
    private static final String WRITTEN =
            "{\"reviewId\":\"review-1\",\"taskId\":\"task-1\",\"reviewer\":\"anna\",\"openedAt\":1767225600000.25}";

    private final GoldenJson golden = GoldenJson.of(ReviewEvent.class);

    @TempDir
    Path directory;

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("ReviewOpened.1.json"), json);
    }

    @Test
    void whatIsStoredAsItsFileHasItHolds() throws IOException {
        Path spaced = file(WRITTEN.replace(",", ",\n  "));
        assertThatCode(() -> golden.hold(EVENT, "review:opened", "1", spaced)).doesNotThrowAnyException();
        Samples.events().filter(Record.class::isInstance).forEach(event -> assertThatThrownBy(
                        () -> golden.hold(event, "review:opened", "1", spaced))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not as review:opened of revision 1"));
    }

    @Test
    void whatDiffersIsSaid() throws IOException {
        Path written = file(WRITTEN);
        fails(
                () -> golden.hold(EVENT, "review:begun", "1", written),
                "review:opened of revision 1, not as review:begun");
        fails(
                () -> golden.hold(EVENT, "review:opened", "2", written),
                "of revision 1, not as review:opened of revision 2");
        fails(
                () -> golden.hold(new ReviewOpened("review-2", "task-1", "anna", 1d), "review:opened", "1", written),
                "{\"reviewId\":\"review-2\"");
        fails(
                () -> golden.hold(new ReviewOpened("review-1", "task-1", null, 1d), "review:opened", "1", written),
                "reviewer of ReviewOpened");

        Path renamed = file(WRITTEN.replace("reviewer", "reader"));
        fails(() -> golden.hold(EVENT, "review:opened", "1", renamed), "\"reader\"");
        Path longer = file(WRITTEN.replace("}", ",\"title\":\"Parser\"}"));
        fails(() -> golden.hold(EVENT, "review:opened", "1", longer), "\"title\"");
        Path none = directory.resolve("none.json");
        fails(
                () -> golden.hold(EVENT, "review:opened", "1", none),
                "none.json cannot be read; it would hold " + WRITTEN);
        Path noJson = file("{");
        fails(() -> golden.hold(EVENT, "review:opened", "1", noJson), "is no JSON");
    }

    private static void fails(Runnable holding, String message) {
        assertThatThrownBy(holding::run).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }
}
