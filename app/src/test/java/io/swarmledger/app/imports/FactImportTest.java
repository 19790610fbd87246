package io.swarmledger.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmledger.Ledger;
import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Facts;
import io.swarmledger.app.recorder.ReadReport;
import io.swarmledger.commands.CommandRefused;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StopAgent;
import io.swarmledger.events.Json;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A format of an application's own, whose facts get into a ledger that is in use. */
class FactImportTest {

    @TempDir
    private Path directory;

    private final List<Fact> facts = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private Ledger ledger;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        ledger = Ledger.in(directory.resolve("ledger")).with(new DiaryFormat()).open();
        file = Files.writeString(directory.resolve("diary.txt"), "{diary}");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** Whatever {@link #facts} has, and of every diary one page that is torn. */
    private final class DiaryFormat implements Format {

        @Override
        public boolean mayBegin(Path path, byte[] beginning) {
            return Files.isDirectory(path)
                    ? Files.exists(path.resolve("diary"))
                    : new String(beginning, StandardCharsets.UTF_8).startsWith("{diary");
        }

        @Override
        public Source open(Path path, Reading reading) {
            readings.add(reading);
            return new FactSource(new Diary(facts.iterator()));
        }
    }

    private static final class Diary implements Facts {

        private final ReadReport report = new ReadReport();
        private final Iterator<Fact> facts;

        Diary(Iterator<Fact> facts) {
            this.facts = facts;
            report.passOver("weather");
            report.passOver("weather");
            report.unknown("dream");
            report.cannotRead("diary.txt", 7L, "is torn");
        }

        @Override
        public Optional<Fact> next() {
            report.read();
            return facts.hasNext() ? Optional.of(facts.next()) : Optional.empty();
        }

        @Override
        public ReadReport report() {
            return report;
        }

        @Override
        public void close() {}
    }

    private static Fact fact(String id, String type, String agent, Double at) {
        ObjectNode payload = Json.mapper().createObjectNode().put("agentId", agent);
        return new Fact(id, type, "agent", agent, at, agent, payload, Map.of("swarmId", "s-1"), null);
    }

    private Imported take() {
        return ledger.imports().from(file, Optional.empty(), Progress.SILENT);
    }

    private List<RecordedEvent> stream(String agent) {
        return ledger.queries()
                .query(FindEvents.of(agent), PageOf.items(RecordedEvent.class))
                .join()
                .items();
    }

    @Test
    void aFactIsTheNextEventOfItsStream() throws Exception {
        facts.add(fact("f-1", "agent:spawned", "a-1", 1_000_000_000_000.0));
        facts.add(fact("f-2", "agent:started", "a-1", null));

        Imported imported = take();

        assertThat(imported.added()).isEqualTo(2);
        List<RecordedEvent> stream = stream("a-1");
        assertThat(stream).extracting(RecordedEvent::id).containsExactly("f-1", "f-2");
        assertThat(stream).extracting(RecordedEvent::version).containsExactly(1L, 2L);
        assertThat(stream).extracting(RecordedEvent::swarmId).containsOnly("s-1");
        assertThat(stream.get(0).timestamp().doubleValue()).isEqualTo(1e12);
        assertThat(stream.get(1).timestamp().doubleValue())
                .as("one without a time happens when it is recorded")
                .isCloseTo(System.currentTimeMillis(), within(60_000.0));
    }

    @Test
    void aFactWhoseIdIsThereIsPassedOverWhateverItSays() {
        facts.add(fact("f-1", "agent:spawned", "a-1", 1e12));
        take();
        facts.set(0, fact("f-1", "agent:spawned", "a-2", 2e12));
        facts.add(fact("f-2", "agent:started", "a-1", 2e12));
        facts.add(fact("f-2", "agent:stopped", "a-1", 3e12));

        Imported again = take();

        assertThat(again.added()).isEqualTo(1);
        assertThat(again.alreadyThere()).isEqualTo(2);
        assertThat(stream("a-2")).isEmpty();
        assertThat(stream("a-1")).extracting(RecordedEvent::type).containsExactly("agent:spawned", "agent:started");
    }

    @Test
    void whatWasLeftOutIsTold() {
        facts.add(fact("f-1", "agent:spawned", "a-1", 1e12));
        facts.add(fact("f-2", "agent:started", "cut \uD83D", 1e12));
        facts.add(fact("f-3", "agent:started", "a-1", Double.NaN));
        facts.add(fact("f-4", "agent:stopped", "a-1", 1e12));

        Imported imported = take();

        assertThat(imported.added()).isEqualTo(2);
        assertThat(imported.passedOver()).isEqualTo(Map.of("weather", 2L));
        assertThat(imported.unknown()).isEqualTo(Map.of("dream", 1L));
        assertThat(imported.unreadCount()).isGreaterThanOrEqualTo(3);
        assertThat(imported.unread())
                .anySatisfy(defect -> assertThat(defect).hasToString("diary.txt, line 7: is torn"))
                .anySatisfy(defect -> assertThat(defect.reason()).contains("aggregateId", "half a surrogate pair"))
                .anySatisfy(defect -> assertThat(defect.reason()).contains("timestamp"));
    }

    @Test
    void manyAreTakenSomeAtATimeAndAllOfThemArrive() {
        LongStream.range(0, 5_432).forEach(i -> facts.add(fact("f-" + i, "agent:started", "a-" + i % 7, 1e12 + i)));

        assertThat(take().added()).isEqualTo(5_432);
        assertThat(take().alreadyThere()).isEqualTo(5_432);
        assertThat(stream("a-3").get(0).id()).isEqualTo("f-3");
    }

    /** An aggregate that a command has left in memory is behind the log then. */
    @Test
    void commandsBeforeAndAfterAreDecidedOnWhatIsThere() {
        ledger.commands().sendAndWait(new SpawnAgent("a-1", "coder"));
        ledger.commands().sendAndWait(new AssignTask("a-1", "t-1"));
        facts.add(fact("f-1", "agent:stopped", "a-1", 1e12));
        take();

        assertThatThrownBy(() -> ledger.commands().sendAndWait(new AssignTask("a-1", "t-2")))
                .isInstanceOf(CommandRefused.class);

        facts.set(0, fact("f-2", "agent:started", "a-1", 1e12));
        take();
        assertThat(ledger.commands().<Object>sendAndWait(new StopAgent("a-1", "done")))
                .isNotNull();
        assertThat(stream("a-1")).extracting(RecordedEvent::version).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aPrefixStandsBeforeIdsInTheLogAndNotBeforeThoseThatTheFormatKnows() {
        facts.add(fact("f-1", "agent:spawned", "a-1", 1e12));
        Imported imported = ledger.imports().from(file, Optional.of("p."), Progress.SILENT);

        assertThat(imported.added()).isEqualTo(1);
        assertThat(stream("p.a-1")).extracting(RecordedEvent::id).containsExactly("p.f-1");
        Reading reading = readings.get(0);
        assertThat(reading.known().has("f-1")).isTrue();
        assertThat(reading.known().last("a-1", 1, "agent:spawned"))
                .singleElement()
                .satisfies(event -> assertThat(event.id()).isEqualTo("f-1"));
    }

    @Test
    void aFormatOfTheApplicationIsAskedBeforeTheLedgersOwnAndTakesFoldersToo() throws Exception {
        facts.add(fact("f-1", "agent:spawned", "a-1", 1e12));
        Path folder = Files.createDirectory(directory.resolve("folder"));

        assertThatThrownBy(() -> ledger.imports().from(folder, Optional.empty(), Progress.SILENT))
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining("is a directory");
        Files.createFile(folder.resolve("diary"));
        assertThat(ledger.imports()
                        .from(folder, Optional.empty(), Progress.SILENT)
                        .added())
                .isEqualTo(1);
    }
}
