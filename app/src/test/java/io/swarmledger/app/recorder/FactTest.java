package io.swarmledger.app.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class FactTest {

    @Test
    void anIdIsMadeOfWhatHappened() {
        String id = Fact.id("session", "tool", "toolu_1");

        assertThat(id)
                .isEqualTo(Fact.id("session", "tool", "toolu_1"))
                .isNotEqualTo(Fact.id("other", "tool", "toolu_1"))
                .isNotEqualTo(Fact.id("session", "model", "toolu_1"));
        assertThat(UUID.fromString(id).version()).isEqualTo(5);
        assertThat(UUID.fromString(id).variant()).isEqualTo(2);
    }

    @Test
    void aReportCountsWhatItDoesNotName() {
        ReadReport report = new ReadReport();
        for (int i = 0; i < 250; i++) {
            report.unknown("kind-" + i);
            report.cannotRead("file", (long) i, "is no JSON");
        }
        report.unknown("kind-7");

        assertThat(report.unknown()).hasSize(101).containsEntry("kind-7", 2L).containsEntry("others", 150L);
        assertThat(report.defects()).hasSize(100);
        assertThat(report.defectCount()).isEqualTo(250);
        assertThat(report.defects().get(0)).hasToString("file, line 0: is no JSON");
    }
}
