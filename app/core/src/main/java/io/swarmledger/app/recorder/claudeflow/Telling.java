package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.imports.ImportRefused;
import io.swarmledger.app.imports.Reading;
import io.swarmledger.app.recorder.Known;
import io.swarmledger.app.recorder.ReadReport;
import io.swarmledger.app.recorder.ShownContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** What the files of one import tell together: their facts, what was left out, and which swarm things belong to. */
final class Telling {

    /** The longest file that is overwritten in place, bytes: a record of it is in memory as a whole. */
    static final long LONGEST_STATE = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final Reading reading;
    private final ReadReport report;
    private final ShownContent shown;
    private final InTimeOrder facts = new InTimeOrder();
    private final AgentStore agents = new AgentStore(this);
    private final Map<String, String> swarmOf = new HashMap<>();
    private final Set<String> swarms = new HashSet<>();

    Telling(Reading reading, ReadReport report) {
        this.reading = reading;
        this.report = report;
        this.shown = new ShownContent(reading.content());
    }

    InTimeOrder facts() {
        return facts;
    }

    ReadReport report() {
        return report;
    }

    ShownContent shown() {
        return shown;
    }

    Known known() {
        return reading.known();
    }

    double now() {
        return reading.clock().millis();
    }

    /** Reads a file; what it cannot read of it, it tells. */
    void read(Kind kind, Path file) {
        try {
            switch (kind) {
                case SWARMS -> new SwarmState(this).readAll(file);
                case SWARM -> new SwarmState(this).readOne(file);
                case AGENTS -> agents.read(file);
                case TASKS -> new TaskStore(this).read(file);
                case POLICY -> new PolicyReceipts(this).read(file);
                case MEMORY -> new MemoryEntries(this).read(file);
                case LOG -> new RvfLog(this).read(file);
                case GUIDANCE -> new GuidanceRuns(this).read(file);
                case CONSOLE -> new ConsoleEvents(this).read(file);
                case TRANSCRIPT -> new SessionTranscript(this).read(file);
                case SNAPSHOTS -> report.passOver("snapshots");
            }
        } catch (IOException failure) {
            report.cannotRead(file.toString(), null, StateFiles.reason(failure));
        } catch (JacksonException noJson) {
            report.cannotRead(file.toString(), null, "is no JSON");
        } catch (ImportRefused refused) {
            refused.badRows().forEach(bad -> report.cannotRead(file.toString(), bad.row(), bad.reason()));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            report.cannotRead(file.toString(), null, "cannot be read: " + failure.getMessage());
        }
    }

    /** What only all of the files together tell. */
    void end() {
        agents.tellWhatTheyDoNow();
    }

    /** A swarm, and who is in it. */
    void member(String swarmId, Iterable<String> ids) {
        swarms.add(swarmId);
        ids.forEach(id -> swarmOf.put(id, swarmId));
    }

    /** Of an agent or a task; of anything, if there is but one swarm. {@code null} if nobody knows. */
    String swarmOf(String id) {
        return swarmOf.getOrDefault(id, swarms.size() == 1 ? swarms.iterator().next() : null);
    }

    Story story(Path file, String of) throws IOException {
        return story(of, timeOf(file));
    }

    Story story(String of, double fileTime) {
        return new Story(facts, reading.content(), swarmOf(of), fileTime);
    }

    static double timeOf(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }
}
