package io.swarmledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastUsedTest {

    private static final long AN_ENTRY = 200;

    private static LastUsed<String, StringBuilder> of(int most, long bytes) {
        return new LastUsed<>(most, bytes, (key, value) -> value.length());
    }

    private static StringBuilder text(int length) {
        return new StringBuilder("x".repeat(length));
    }

    @Test
    void keepsThoseUsedLastWhateverWasUsedMost() {
        LastUsed<String, StringBuilder> kept = of(2, Long.MAX_VALUE);
        kept.put("often", text(1));
        for (int i = 0; i < 10; i++) {
            kept.get("often");
        }
        kept.put("a", text(1));
        kept.put("b", text(1));
        assertThat(kept.get("often")).isNull();
        assertThat(kept.get("a")).isNotNull();
        kept.put("c", text(1));
        assertThat(kept.containsKey("b")).isFalse();
    }

    @Test
    void holdsNoMoreThanItMayHoweverFewThatAre() {
        LastUsed<String, StringBuilder> kept = of(1_000, 10_000);
        for (int i = 0; i < 20; i++) {
            kept.put("large-" + i, text(3_000));
        }
        assertThat(kept.get("large-19")).isNotNull();
        assertThat(kept.get("large-17")).isNotNull();
        assertThat(kept.get("large-16")).isNull();
    }

    @Test
    void whatGrowsIsWeighedAgainAndWhatIsTooLargeForAllOfItIsNotKept() {
        LastUsed<String, StringBuilder> kept = of(1_000, 2_000);
        StringBuilder growing = text(100);
        kept.put("small", text(100));
        kept.put("growing", growing);
        growing.append("y".repeat(1_600));
        kept.put("growing", growing);
        assertThat(kept.get("small")).isNull();
        growing.append("y".repeat(2_000));
        kept.put("growing", growing);
        assertThat(kept.get("growing")).isNull();
        kept.put("small", text((int) (2_000 - AN_ENTRY)));
        assertThat(kept.get("small")).as("nothing is reckoned that is not kept").isNotNull();
    }

    @Test
    void whatIsForgottenLeavesRoom() {
        LastUsed<String, StringBuilder> kept = of(1_000, 2_000);
        assertThat(kept.putIfAbsent("a", text(1_500))).isTrue();
        assertThat(kept.putIfAbsent("a", text(1))).isFalse();
        assertThat(kept.remove("a")).isTrue();
        assertThat(kept.remove("a")).isFalse();
        kept.put("b", text(800));
        kept.put("c", text(700));
        assertThat(kept.get("b")).isNotNull();
        kept.clear();
        kept.put("d", text(1_800));
        assertThat(kept.get("d")).isNotNull();
    }
}
