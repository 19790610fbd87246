package example.coordinator;

import io.swarmledger.events.EventType;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.testing.GoldenJson;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OwnEventsTest {

    sealed interface ReviewEvent extends LedgerEvent {}

    @EventType(value = "review:opened", begins = true)
    record ReviewOpened(String reviewId, String taskId, Double openedAt) implements ReviewEvent {}

    @Test
    void anEventTypeIsStoredAsItWasOnTheFirstDay() {
        GoldenJson.of(ReviewEvent.class)
                .hold(
                        new ReviewOpened("review-1", "task-1", 1_767_225_600_000.25),
                        "review:opened",
                        "1",
                        Path.of("src/test/resources/contract/ReviewOpened.1.json"));
    }
}
