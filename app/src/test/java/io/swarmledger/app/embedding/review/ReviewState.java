package io.swarmledger.app.embedding.review;

import io.swarmledger.app.embedding.review.ReviewEvent.ReviewApproved;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewCommented;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewOpened;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.view.Growing;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.ViewTable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What is known of a review. */
public record ReviewState(
        String id,
        String swarmId,
        String taskId,
        String reviewer,
        String status,
        Growing<String> comments,
        Object note) {

    /** Whether a comment of that text can be folded by now, as after a mend of the fold. */
    public static volatile boolean cured;

    public static final String CURABLE = "curable";

    /** What a comment that is to be waited for waits for. */
    public static volatile CountDownLatch wait = new CountDownLatch(0);

    public static final String WAITING = "waiting";

    /** Whether a comment of that text needs more memory than there is. */
    public static volatile boolean exhausts;

    public static final String EXHAUSTING = "exhausting";

    public static final ReadModel<ReviewState> MODEL = ReadModel.of(
                    "review",
                    ReviewEvent.class,
                    ReviewState::evolve,
                    ViewTable.of("open-reviews", ReviewState.class)
                            .column("swarmId", ReviewState::swarmId)
                            .column("status", ReviewState::status)
                            .column("reviewer", ReviewState::reviewer)
                            .list("comments", ReviewState::comments),
                    ReviewState::swarmId)
            .withBirth("review:opened")
            .withStatus(ReviewState::status)
            .withStatuses(List.of("open", "approved"));

    /** JSON has no word for it. */
    public static final class Unwritable {

        public String getText() {
            throw new IllegalStateException("it has no text");
        }
    }

    private static ReviewState evolve(ReviewState state, LedgerEvent event, Recorded recorded) {
        if (event instanceof ReviewOpened opened) {
            return new ReviewState(
                    recorded.aggregateId(),
                    recorded.swarmId(),
                    opened.taskId(),
                    opened.reviewer(),
                    "open",
                    Growing.empty(),
                    null);
        }
        if (state == null) {
            return null;
        }
        if (event instanceof ReviewCommented commented) {
            if ("unfoldable".equals(commented.text()) || CURABLE.equals(commented.text()) && !cured) {
                throw new IllegalStateException("this comment cannot be folded");
            }
            if ("given up".equals(commented.text())) {
                return null;
            }
            if (WAITING.equals(commented.text())) {
                waitUninterruptibly();
            }
            if (EXHAUSTING.equals(commented.text()) && exhausts) {
                throw new OutOfMemoryError("asked for");
            }
            if ("endless".equals(commented.text())) {
                return evolve(state, event, recorded);
            }
            if ("without its class".equals(commented.text())) {
                throw new NoClassDefFoundError("example/Gone");
            }
            if ("checked".equals(commented.text())) {
                ReviewState.<RuntimeException>throwUndeclared(new IOException("a file was asked"));
            }
            if ("nowhere".equals(commented.text())) {
                return new ReviewState(
                        state.id, null, state.taskId, state.reviewer, state.status, state.comments, null);
            }
            return new ReviewState(
                    state.id,
                    state.swarmId,
                    state.taskId,
                    state.reviewer,
                    state.status,
                    state.comments.with(commented.text()),
                    "unwritable".equals(commented.text()) ? new Unwritable() : null);
        }
        return event instanceof ReviewApproved
                ? new ReviewState(
                        state.id, state.swarmId, state.taskId, state.reviewer, "approved", state.comments, null)
                : state;
    }

    /** As Kotlin throws it, or Lombok. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwUndeclared(Throwable checked) throws T {
        throw (T) checked;
    }

    private static void waitUninterruptibly() {
        boolean waits = true;
        while (waits) {
            try {
                wait.await();
                waits = false;
            } catch (InterruptedException goesOn) {
                // As a loop without end does.
            }
        }
    }
}
