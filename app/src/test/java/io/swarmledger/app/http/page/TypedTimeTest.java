package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.door.Moment;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTimeTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final double NOW = Instant.parse("2026-01-04T12:00:00Z").toEpochMilli();

    private static String read(String typed) {
        return TypedTime.read(typed, BERLIN, NOW).moment().toString();
    }

    @ParameterizedTest
    @CsvSource({
        "10m, 2026-01-04T11:50:00.000Z",
        "5 min ago, 2026-01-04T11:55:00.000Z",
        "1 h 30 min ago, 2026-01-04T10:30:00.000Z",
        "2h30m, 2026-01-04T09:30:00.000Z",
        "3.5 s ago, 2026-01-04T11:59:56.500Z",
        "2d, 2026-01-02T12:00:00.000Z"
    })
    void anAgeIsReadAsPagesTellIt(String typed, String meant) {
        assertThat(read(typed)).isEqualTo(meant);
        assertThat(TypedTime.read(typed, BERLIN, NOW).isAge()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "now, 2026-01-04T12:00:00.000Z",
        "Yesterday 14:00, 2026-01-03T13:00:00.000Z",
        "today, 2026-01-03T23:00:00.000Z",
        "9:05, 2026-01-04T08:05:00.000Z",
        "14:00:30, 2026-01-04T13:00:30.000Z",
        "2026-01-04, 2026-01-03T23:00:00.000Z",
        "2026-01-04 10:00, 2026-01-04T09:00:00.000Z",
        "2026-07-04T10:00:00.25, 2026-07-04T08:00:00.250Z",
        "2026-01-04 10:00 UTC, 2026-01-04T10:00:00.000Z",
        "2026-01-04T10:00:00+02:00, 2026-01-04T08:00:00.000Z",
        "1767517200000, 2026-01-04T09:00:00.000Z"
    })
    void aTimeWithoutAZoneIsOneOfThePage(String typed, String meant) {
        assertThat(read(typed)).isEqualTo(meant);
        assertThat(TypedTime.read(typed, BERLIN, NOW).isAge()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "10", "m", "25:00", "2026-02-30", "2026-01-04 25:00", "10m later", "", "ago", "-"})
    void whatIsNoTimeIsNone(String typed) {
        // A number is epoch milliseconds.
        assertThat(TypedTime.read(typed, BERLIN, NOW))
                .isEqualTo(typed.equals("10") ? new TypedTime(new Moment(10), false) : null);
    }

    @Test
    void whatNobodyTypesIsNone() {
        assertThat(TypedTime.read("1m ".repeat(3_000), BERLIN, NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-04T09:00:00Z, 2026-01-04 10:00",
        "2026-01-04T09:00:07Z, 2026-01-04 10:00:07",
        "2026-01-04T09:00:07.030Z, 2026-01-04 10:00:07.030",
        "2026-10-25T00:30:00Z, 2026-10-25 02:30",
        "2026-10-25T01:30:00Z, 2026-10-25T01:30:00.000Z",
        "1767517200000.25, 2026-01-04T09:00:00.00025Z"
    })
    void whatIsWrittenIsReadAsTheSame(String moment, String written) {
        assertThat(TypedTime.written(Moment.parse(moment), BERLIN)).isEqualTo(written);
        assertThat(TypedTime.read(written, BERLIN, NOW).moment()).isEqualTo(Moment.parse(moment));
    }
}
