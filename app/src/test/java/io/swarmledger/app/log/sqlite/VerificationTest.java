package io.swarmledger.app.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.Chain;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerificationTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("events.db");
    }

    @Test
    void whatWasWrittenIsFoundAsItWasWritten() throws Exception {
        fill(10);

        assertThat(verify()).isEqualTo(new Verdict(true, 10, 10, null, List.of()));
    }

    @Test
    void anEmptyLogIsOk() {
        LogFile.open(file, Clock.systemUTC()).close();

        assertThat(verify().ok()).isTrue();
    }

    @Test
    void everyKindOfTimeAndEveryNullIsFoundAsItWasWritten() throws Exception {
        try (LogFile log = LogFile.open(file, Clock.systemUTC())) {
            Number[] times = {0L, -1L, 1.5, -0.25, 1e300, 9007199254740993L, 4e18, 1767517200030.0};
            for (int i = 0; i < times.length; i++) {
                log.writer().append(List.of(row("a", i, "{\"ü\":\"\\u0000\"}", times[i])));
            }
        }

        assertThat(verify().problems()).isEmpty();
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                Arguments.of("UPDATE DomainEventEntry SET payload = '{\"n\":8}' WHERE globalIndex = 4", 4),
                Arguments.of("UPDATE DomainEventEntry SET timeStamp = timeStamp + 1 WHERE globalIndex = 7", 7),
                Arguments.of("UPDATE DomainEventEntry SET source = 'me' WHERE globalIndex = 1", 1),
                Arguments.of("UPDATE DomainEventEntry SET recordedAt = recordedAt - 1 WHERE globalIndex = 10", 10),
                Arguments.of("UPDATE DomainEventEntry SET correlationId = '' WHERE globalIndex = 3", 3),
                Arguments.of("UPDATE DomainEventEntry SET payload = payload || ' ' WHERE globalIndex = 2", 2),
                Arguments.of("DELETE FROM DomainEventEntry WHERE globalIndex = 5", 5),
                Arguments.of("DELETE FROM DomainEventEntry WHERE globalIndex = 1", 1),
                Arguments.of("DELETE FROM DomainEventEntry WHERE globalIndex >= 9", 9),
                Arguments.of(
                        "UPDATE DomainEventEntry SET globalIndex = -globalIndex WHERE globalIndex IN (3, 4);UPDATE DomainEventEntry SET globalIndex = 7 + globalIndex WHERE globalIndex < 0",
                        3));
    }

    @ParameterizedTest
    @MethodSource("tampering")
    void whatWasChangedIsNamedByItsPosition(String tampering, long position) throws Exception {
        fill(10);

        sql(tampering.split(";"));

        Verdict verdict = verify();
        assertThat(verdict.ok()).isFalse();
        assertThat(verdict.firstBadPosition()).isEqualTo(position);
        assertThat(verdict.problems().get(0)).startsWith("position " + position + ": ");
    }

    /** SQLite alone says that such a log is fine. */
    @Test
    void aWriteAheadLogThatIsGoneIsNoticedAndNothingIsWrittenUntilThatIsAccepted() throws Exception {
        fill(10);
        Path before = Files.copy(file, directory.resolve("before.db"));
        fill(10, 13);
        Files.move(before, file, StandardCopyOption.REPLACE_EXISTING);

        Verdict verdict = verify();
        assertThat(verdict.firstBadPosition()).isEqualTo(11);
        assertThat(verdict.problems()).hasSize(1);
        assertThat(verdict.problems().get(0)).contains("3 acknowledged events are missing", "after position 10");

        try (LogFile log = LogFile.open(file, Clock.systemUTC())) {
            assertThatThrownBy(() -> log.writer().append(List.of(row("a", 10))))
                    .isInstanceOfSatisfying(
                            LogFault.class, fault -> assertThat(fault.kind()).isEqualTo(LogFault.Kind.INCOMPLETE))
                    .hasMessageContaining("3 acknowledged events are missing")
                    .hasMessageContaining("--accept-loss");
        }
        assertThat(verify().ok()).as("asking does not accept").isFalse();

        try (LogFile log = LogFile.open(file, Clock.systemUTC(), LogFile.CLOCK_TOLERANCE, true)) {
            assertThat(log.writer().append(List.of(row("a", 10))))
                    .as("lost positions are never given again")
                    .containsExactly(14);
        }
        assertThat(verify()).isEqualTo(new Verdict(true, 11, 14, null, List.of()));
        try (LogFile log = LogFile.open(file, Clock.systemUTC())) {
            assertThat(log.writer().append(List.of(row("a", 11)))).containsExactly(15);
        }
    }

    @Test
    void anotherHistoryOfTheSameLengthIsNoticed() throws Exception {
        fill(3);
        Path own = Files.copy(HeadAnchor.fileOf(file), directory.resolve("own.anchor"));
        Files.delete(file);
        Files.delete(HeadAnchor.fileOf(file));
        fill(3);
        Files.move(own, HeadAnchor.fileOf(file), StandardCopyOption.REPLACE_EXISTING);

        assertThat(verify().ok()).isFalse();
    }

    @Test
    void aLogThatIsAheadOfItsAnchorMovesIt() throws Exception {
        fill(5);
        Path old = Files.copy(HeadAnchor.fileOf(file), directory.resolve("old.anchor"));
        fill(5, 8);
        Files.move(old, HeadAnchor.fileOf(file), StandardCopyOption.REPLACE_EXISTING);

        LogFile.open(file, Clock.systemUTC()).close();

        assertThat(HeadAnchor.read(file).heads().get(0).position()).isEqualTo(8);
    }

    @Test
    void aDamagedAnchorIsFoundAndStaysUntilSomebodyAccepts() throws Exception {
        fill(5);
        Files.write(HeadAnchor.fileOf(file), new byte[] {1, 2, 3});

        assertThat(verify().problems())
                .singleElement()
                .asString()
                .contains("head.anchor", "is damaged", "--accept-loss");
        LogFile.open(file, Clock.systemUTC()).close();
        assertThat(HeadAnchor.fileOf(file)).hasBinaryContent(new byte[] {1, 2, 3});

        LogFile.open(file, Clock.systemUTC(), LogFile.CLOCK_TOLERANCE, true).close();
        assertThat(HeadAnchor.read(file).heads().get(0).position()).isEqualTo(5);
        assertThat(verify().ok()).isTrue();
    }

    /** Killed while it replaces a log, a restore leaves one of the two logs and an anchor that knows both. */
    @Test
    void anAnchorOfARestoreUnderWayFitsEitherLogAndNoThird() throws Exception {
        fill(5);
        Head ours = HeadAnchor.read(file).heads().get(0);
        Head others = new Head(9, Chain.BEGINNING);

        HeadAnchor.write(file, List.of(others, ours));
        assertThat(verify().ok()).isTrue();
        LogFile.open(file, Clock.systemUTC()).close();
        assertThat(HeadAnchor.read(file).heads()).as("it is settled then").hasSize(1);

        HeadAnchor.write(file, List.of(others, new Head(7, Chain.BEGINNING)));
        assertThat(verify().problems()).singleElement().asString().contains("4 acknowledged events are missing");
    }

    /** What is left of a log whose last events were deleted, with the anchor, and everything that was made from it. */
    @Test
    void eventsThatWereDeletedAreMissedWithoutAnyAnchor() throws Exception {
        fill(5);
        sql("DELETE FROM DomainEventEntry WHERE globalIndex > 2");
        Files.delete(HeadAnchor.fileOf(file));

        assertThat(verify().problems())
                .singleElement()
                .asString()
                .contains("3 acknowledged events are missing", "after position 2", "is not there");
    }

    @Test
    void aConflictLeavesTheChainWhole() throws Exception {
        try (LogFile log = LogFile.open(file, Clock.systemUTC())) {
            log.writer().append(List.of(row("a", 0)));
            assertThatThrownBy(() -> log.writer().append(List.of(row("b", 0), row("a", 0))))
                    .matches(SqliteErrors::isConflict);
            assertThatThrownBy(() -> log.writer().append(List.of(row("a", 0)))).matches(SqliteErrors::isConflict);
            assertThatThrownBy(() -> log.writer().bulk((inserter, connection) -> {
                        inserter.insert(row("c", 0));
                        throw new IllegalStateException("changed my mind");
                    }))
                    .hasMessage("changed my mind");
            log.writer().append(List.of(row("b", 0), row("b", 1)));
            log.writer().bulk((inserter, connection) -> inserter.insert(row("c", 0)));
        }

        assertThat(verify()).isEqualTo(new Verdict(true, 4, 4, null, List.of()));
    }

    @Test
    void aCorruptPageIsNamed() throws Exception {
        fill(2_000);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(raw.length() / 2 / 4096 * 4096);
            raw.write(new byte[4096]);
        }

        assertThat(verify().ok()).isFalse();
    }

    private Verdict verify() {
        return Verification.of(file, events -> {});
    }

    private void fill(int count) throws Exception {
        fill(0, count);
    }

    private void fill(int from, int to) throws Exception {
        try (LogFile log = LogFile.open(file, Clock.systemUTC())) {
            for (EventRow row :
                    IntStream.range(from, to).mapToObj(i -> row("a", i)).toList()) {
                log.writer().append(List.of(row));
            }
        }
    }

    private void sql(String... statements) throws SQLException, IOException {
        try (Connection connection = SqliteConnections.durable(file).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    private static EventRow row(String aggregate, long sequenceNumber) {
        return row(aggregate, sequenceNumber, "{\"n\":" + sequenceNumber + "}", 1_767_517_200_030L);
    }

    private static EventRow row(String aggregate, long sequenceNumber, String payload, Number time) {
        return new EventRow(
                aggregate + "-" + sequenceNumber + "-" + System.nanoTime(),
                aggregate,
                sequenceNumber,
                "task",
                time,
                "task:queued",
                "1",
                payload,
                null,
                "swarm",
                null,
                null,
                "swarm",
                null);
    }
}
