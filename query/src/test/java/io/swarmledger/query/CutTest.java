package io.swarmledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.query.QuestionRefused.Reason;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Pages by their limit and by the memory that answers may take: nothing is lost, and nobody takes it all. */
class CutTest {

    private static final long AN_ITEM = 300;
    private static final long A_BYTE = 3;

    /** Items of so many bytes, until no more fit; the item behind the last is never read. */
    private static Cut<Integer> filled(int limit, int items, long bytes) {
        Cut<Integer> page = new Cut<>(limit);
        for (int i = 0; i < items && page.fits(bytes); i++) {
            page.add(i);
        }
        return page;
    }

    @Test
    void endsWithItsLimitAndSaysWhetherThereIsMore() {
        assertThat(filled(3, 3, 10).isMore()).isFalse();
        Page<Integer> page = filled(3, 4, 10).page(4, last -> "behind " + last);
        assertThat(page.items()).containsExactly(0, 1, 2);
        assertThat(page.next()).isEqualTo("behind 2");
        assertThat(new Cut<>(3).toAskFor())
                .as("one more tells that there is more")
                .isEqualTo(4);
        assertThat(filled(3, 3, 10).next(last -> "behind " + last)).isNull();
    }

    @Test
    void endsBeforeItsLimitWhereItemsAreLargeWithTheFirstAlways() {
        Room room = new Room(1_000_000, 10 * (AN_ITEM + A_BYTE * 100));
        try (Room.Share share = room.share()) {
            Page<Integer> page = filled(100, 50, 100).page(50, last -> "behind " + last);
            assertThat(page.items()).hasSize(10);
            assertThat(page.next()).isEqualTo("behind 9");
            Cut<Integer> one = filled(100, 50, 100_000);
            assertThat(one.items()).containsExactly(0);
            assertThat(one.isMore()).isTrue();
        }
        assertThat(room.taken()).isZero();
    }

    @Test
    void whatGrowsWhileItIsReadIsLeftForTheNextPage() {
        Room room = new Room(1_000_000, 10_000);
        try (Room.Share share = room.share()) {
            Cut<String> page = new Cut<>(10);
            assertThat(page.fits(10)).isTrue();
            assertThat(page.fits(10)).isTrue();
            assertThat(page.grows(20_000))
                    .as("the first is as large as it has to be")
                    .isTrue();
            page.add("first");
            assertThat(page.grows(20_000)).isFalse();
            assertThat(page.isMore()).isTrue();
        }
    }

    @Test
    void whatFitsGrowsThoughThereIsMoreBehindIt() {
        Cut<String> page = new Cut<>(1);
        assertThat(page.fits(10)).isTrue();
        assertThat(page.fits(10)).isFalse();
        assertThat(page.grows(10)).isTrue();
        page.add("only");
        assertThat(page.page(2, last -> "behind " + last).next()).isEqualTo("behind only");
    }

    @Test
    void answersTogetherTakeNoMoreThanThereIsAndOneAloneAsMuchAsItMust() {
        Room room = new Room(100_000, 100_000);
        try (Room.Share share = room.share()) {
            assertThat(filled(10, 10, 1_000_000).items()).hasSize(1);
            Reason refused = CompletableFuture.supplyAsync(() -> {
                        try (Room.Share other = room.share()) {
                            filled(1, 1, 10);
                            return null;
                        } catch (QuestionRefused refusal) {
                            return refusal.reason();
                        }
                    })
                    .join();
            assertThat(refused).isEqualTo(Reason.NO_ROOM);
        }
        assertThat(room.taken()).isZero();
        try (Room.Share share = room.share()) {
            assertThat(filled(1, 1, 10).items()).hasSize(1);
        }
    }

    @Test
    void anAnswerWithinAnAnswerBelongsToIt() {
        Room room = new Room(1_000_000, 1_000_000);
        try (Room.Share outer = room.share()) {
            try (Room.Share inner = room.share()) {
                filled(1, 1, 1_000);
            }
            assertThat(room.taken()).isEqualTo(AN_ITEM + A_BYTE * 1_000);
        }
        assertThat(room.taken()).isZero();
    }

    @Test
    void whatIsReadForNobodyIsNotReckoned() {
        assertThat(filled(100, 50, Long.MAX_VALUE / 4).items()).hasSize(50);
        assertThatThrownBy(() -> filled(1, 1, 1).items().add(1)).isInstanceOf(UnsupportedOperationException.class);
    }
}
