package io.swarmledger.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

    @ParameterizedTest
    @CsvSource({
        "1767517200030, 1767517200030",
        "1767517200030.5, 1767517200030.5",
        "1.7675172E12, 1767517200000",
        "-1, -1",
        "0, 0",
        "2026-01-04T09:00:00.030Z, 1767517200030",
        "2026-01-04T18:00:00.030+09:00, 1767517200030",
        "2026-01-04t09:00:00.030z, 1767517200030",
        "2026-01-04T09:00Z, 1767517200000",
        "2026-01-04T09:00:00.0305Z, 1767517200030.5",
        "2026-01-04 09:00:00.030 UTC, 1767517200030",
        "2026-01-04 09:00:00.030Z, 1767517200030",
        "-0001-01-01T00:00:00Z, -62198755200000",
        "+58882-11-19T00:00:00Z, 1795997145600000"
    })
    void isReadAsANumberOrWithItsZone(String text, double millis) {
        assertThat(Moment.parse(text).millis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1d",
                "5f",
                "1D",
                "2F",
                "0x1p3",
                "1_000",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e999",
                "+5",
                ".5",
                "5.",
                "1,5",
                "",
                " ",
                " 5",
                "5 ",
                "٣",
                "10m",
                "1h",
                "PT1H",
                "yesterday",
                "now",
                "2026-01-04",
                "2026-01-04T09:00:00",
                "2026-01-04 09:00:00.030",
                "2026-13-04T09:00:00Z",
                "2026-01-04T25:00:00Z",
                "T09:00:00Z",
                "Z",
                "UTC"
            })
    void isRefusedWhereItIsNoTime(String text) {
        assertThatThrownBy(() -> Moment.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is no time");
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -1,
                1.5,
                1767517200030d,
                1767517200030.5,
                1767517200030.123,
                -62198755200000d,
                1767517200030000d,
                1e300,
                -1e300,
                8.64e15,
                4e17,
                9223372036854775807d
            })
    void isWrittenAsItIsRead(double millis) {
        assertThat(Moment.parse(new Moment(millis).toString()).millis()).isEqualTo(millis);
    }
}
