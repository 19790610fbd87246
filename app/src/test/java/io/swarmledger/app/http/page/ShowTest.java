package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ShowTest {

    private static final long NOW = 1_767_517_200_000L;

    private final Show show = new Show(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC), Duration.ofHours(1));

    @Test
    void timesAreRelativeInTheirTwoLargestUnits() {
        assertThat(show.ago(NOW - 40)).isEqualTo("40 ms ago");
        assertThat(show.ago(NOW - 3_400)).isEqualTo("3.4 s ago");
        assertThat(show.ago(NOW - 59_000)).isEqualTo("59 s ago");
        assertThat(show.ago(NOW - 125_000)).isEqualTo("2 min 5 s ago");
        assertThat(show.ago(NOW - 1_200_000)).isEqualTo("20 min ago");
        assertThat(show.ago(NOW - 7_260_000)).isEqualTo("2 h 1 min ago");
        assertThat(show.ago(NOW - 90_000_000)).isEqualTo("1 d 1 h ago");
        assertThat(show.ago(NOW + 60_000)).isEqualTo("in 1 min");
        assertThat(show.ago(NOW + 3_600_000)).isEqualTo("in 1 h");
        assertThat(show.ago(null)).isEqualTo("never");
    }

    @Test
    void aTimeThatCannotBeIsToldAsItIs() {
        assertThat(show.ago(NOW + 3_600_001)).isEqualTo("2026-01-04 10:00:00.001 UTC, not believed");
        assertThat(show.ago(-5)).isEqualTo("1969-12-31 23:59:59.995 UTC, not believed");
        assertThat(show.ago(1_767_517_200_000_000d))
                .endsWith(" UTC, not believed")
                .startsWith("+57980-");
        assertThat(show.ago(1e300)).isEqualTo("1.0E300 ms, not believed");
        assertThat(show.exact(-1e300)).isEqualTo("-1.0E300 ms");
    }

    @Test
    void theExactTimeIsToTheMillisecond() {
        assertThat(show.exact(NOW + 7)).isEqualTo("2026-01-04 09:00:00.007 UTC");
        assertThat(show.iso(NOW + 7)).isEqualTo("2026-01-04T09:00:00.007Z");
    }

    @Test
    void idsAreShortenedInTheirMiddleAndTextsAtTheirEnd() {
        String id = "0190f5c2-7a11-7e6e-9c1d-5b1f3f0a8d77";
        assertThat(show.id(id))
                .hasSize(22)
                .startsWith("0190f5c2-7")
                .endsWith("5b1f3f0a8d77".substring(1))
                .contains("…");
        assertThat(show.line("x".repeat(1_000))).hasSize(160).endsWith("x…");
        assertThat(show.line("x".repeat(1_000_000))).isEqualTo("x".repeat(159) + "… (999\u2009841 characters more)");
        assertThat(show.isLong("x".repeat(161))).isTrue();
        assertThat(show.isLong("x".repeat(160))).isFalse();
        assertThat(show.block("x".repeat(1_000_000)).length()).isEqualTo(4_000);
    }

    @Test
    void whatSteersATextIsShownAsItsCode() {
        assertThat(show.line("a\u202Eb\u0007")).isEqualTo("a\\u202eb\\u0007");
        assertThat(show.id("a\u202Eb")).doesNotContain("\u202E");
        assertThat(show.block("a\nb\u001B")).isEqualTo("a\nb\\u001b");
    }

    @Test
    void numbersAreInGroups() {
        assertThat(show.number(1_234_567L)).isEqualTo("1\u2009234\u2009567");
        assertThat(show.count(100_000, false)).isEqualTo("more than 100\u2009000");
        assertThat(show.bytes(1_536)).isEqualTo("1.5 KiB");
    }

    @Test
    void anIdThatAPathCannotSayIsAskedFor() {
        assertThat(show.trace("task-1.a_b")).isEqualTo("/trace/task-1.a_b");
        assertThat(show.trace("a/b?c&d")).isEqualTo("/trace?id=a/b?c%26d");
        assertThat(show.trace("..")).startsWith("/trace?id=");
    }
}
