package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.memory.RetrieveMemory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@DisplayName("E4 a snapshot of an old revision, of an unknown class, garbage, or ahead of the events")
@ExtendWith(OutputCaptureExtension.class)
class E04UnusableSnapshotsTest {

    private static final int THRESHOLD = 100;

    private static TestLedger ledger;

    @BeforeAll
    static void start() {
        ledger = TestLedger.inMemory("swarm-ledger.snapshot.threshold=" + THRESHOLD);
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    /** Each of these would have the next read counted as the thousandth. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "older-revision | 2   | memory-snapshot    | 0    | its revision is 0",
                "last-revision  | 2   | memory-snapshot    | 1    | its revision is 1",
                "newer-revision | 2   | memory-snapshot    | 99   | its revision is 99",
                "no-revision    | 2   | memory-snapshot    |      | its revision is null",
                "unknown-type   | 2   | com.example.Memory | 2    | it is com.example.Memory, not memory-snapshot",
                "an-event       | 2   | memory:stored      | 2    | it is memory:stored, not memory-snapshot",
                "another-type   | 2   | agent-snapshot     | 2    | its stream of type memory",
                "another-state  | 2   | agent-snapshot     | 2    | it is agent-snapshot, not memory-snapshot",
                "ahead          | 500 | memory-snapshot    | 2    | it is ahead of the log",
                "garbage        | 2   | memory-snapshot    | 2    | cannot be read",
                "wrong-shape    | 2   | memory-snapshot    | 2    | cannot be read",
                "nothing        | 2   | memory-snapshot    | 2    | cannot be read"
            })
    void oneThatCannotBeUsedIsPassedOver(
            String id, int sequenceNumber, String name, String revision, String warning, CapturedOutput output)
            throws Exception {
        ledger.importMemory(id, 3);
        String state =
                switch (id) {
                    case "garbage" -> "{\"accessCount\":9";
                    case "wrong-shape" -> "[999]";
                    case "nothing" -> "null";
                    default -> "{\"id\":\"" + id
                            + "\",\"there\":true,\"streamType\":\"memory\",\"status\":\"stored\",\"accessCount\":999}";
                };
        store(id, sequenceNumber, "another-type".equals(id) ? "agent" : "memory", name, revision, state);

        Appended appended = ledger.send(new RetrieveMemory(id));

        assertThat(appended.version()).isEqualTo(4);
        assertThat(accessCountOf(appended)).isEqualTo("3");
        assertThat(output.getAll()).contains(id).contains(warning);
    }

    @Test
    void oneThatCannotBeUsedIsReplacedByTheNext() throws Exception {
        ledger.importMemory("replaced", THRESHOLD);
        store("replaced", 5, "memory", "memory-snapshot", "0", "{}");

        ledger.send(new RetrieveMemory("replaced"));
        ledger.awaitSnapshots();

        assertThat(ledger.query(
                        "SELECT sequenceNumber FROM SnapshotEventEntry WHERE aggregateIdentifier = ?", "replaced"))
                .containsExactly(String.valueOf(THRESHOLD));
    }

    private static String accessCountOf(Appended appended) throws Exception {
        return ledger.query(
                        "SELECT payload ->> 'accessCount' FROM DomainEventEntry WHERE globalIndex = ?",
                        appended.position())
                .get(0);
    }

    private static void store(String id, int sequenceNumber, String type, String name, String revision, String state)
            throws Exception {
        ledger.tamper(
                "INSERT INTO SnapshotEventEntry (aggregateIdentifier, sequenceNumber, type, eventIdentifier,"
                        + " timeStamp, payloadType, payloadRevision, payload) VALUES (?, ?, ?, ?, 1, ?, ?, ?)",
                id,
                sequenceNumber,
                type,
                id + "-snapshot",
                name,
                revision,
                state);
    }
}
