package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.app.recorder.ReadReport;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Where the lines of a session's files lie, in the order in which what they tell happened, and what must be known of all of
 * them before the first is told. It holds some bytes a line, and lines themselves only where they are small together.
 */
final class SessionIndex {

    /** A line holds about as many bytes as a title. */
    private static final int MOST_LINES = 1_000_000;

    private static final int LARGEST_META = 1 << 16;

    /** Bytes of lines, in a small heap less: those of most sessions are read once so. */
    private static final long MOST_HELD =
            Math.min(8L << 20, Runtime.getRuntime().maxMemory() / 64);

    /** What tells something. */
    private static final Set<String> MAPPED = Set.of("user", "assistant");

    /** What there is and tells nothing that is kept. */
    private static final Set<String> PASSED_OVER = Set.of(
            "agent-color",
            "agent-name",
            "agent-setting",
            "ai-title",
            "atis-latch",
            "attachment",
            "attribution-snapshot",
            "bridge-session",
            "content-replacement",
            "custom-title",
            "file-history-delta",
            "file-history-snapshot",
            "last-prompt",
            "marble-origami-commit",
            "marble-origami-snapshot",
            "mode",
            "permission-mode",
            "pr-link",
            "progress",
            "queue-operation",
            "saved_hook_context",
            "speculation-accept",
            "summary",
            "system",
            "tag",
            "task-summary",
            "tools-used",
            "worktree-state");

    private final ReadReport report;
    private final List<Path> files;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Line> lastOfMessage = new HashMap<>();
    private final Map<String, CalledBy> launches = new HashMap<>();
    private final Map<String, String> launchedBy = new HashMap<>();
    private final Map<String, JsonNode> metas = new HashMap<>();
    private final Map<String, Double> lastOfAgent = new HashMap<>();
    private JsonNode costs = MissingNode.getInstance();
    private double newest = Double.NEGATIVE_INFINITY;
    private long held;

    /**
     * Where a line is.
     *
     * @param time epoch milliseconds
     * @param file its index
     * @param start bytes
     * @param length bytes
     * @param held the line, or {@code null} if it is to be read
     */
    record Line(double time, int file, long start, int length, long number, byte[] held) {}

    private record CalledBy(String agent, Scanned.Launch launch) {}

    SessionIndex(List<Path> files, ReadReport report) {
        this.files = files;
        this.report = report;
        for (int i = 0; i < files.size(); i++) {
            read(i);
        }
        lines.sort(Comparator.comparingDouble(Line::time));
    }

    private void read(int index) {
        Path file = files.get(index);
        if (SessionFiles.isAgents(file)) {
            metas.put(SessionFiles.agentOf(file), meta(file));
        }
        try (Lines read = new Lines(file)) {
            while (read.next()) {
                report.read();
                add(index, read);
            }
        } catch (IOException failure) {
            report.cannotRead(file.toString(), null, "cannot be read: " + failure);
        }
    }

    private void add(int index, Lines read) {
        String file = files.get(index).toString();
        if (read.isTooLong()) {
            report.cannotRead(file, read.number(), "is longer than " + Lines.LONGEST + " bytes");
            return;
        }
        byte[] bytes = read.bytes();
        if (bytes.length == 0) {
            return;
        }
        Scanned scanned = Scanned.of(bytes).orElse(null);
        if (scanned == null) {
            report.cannotRead(file, read.number(), read.isCut() ? "is cut" : "is no JSON object");
        } else if (scanned.type() == null) {
            report.unknown("without a type");
        } else if (scanned.type().equals("cost-state")) {
            report.passOver(scanned.type());
            costs = Json.mapper().readTree(bytes);
        } else if (!MAPPED.contains(scanned.type())) {
            passOver(scanned);
        } else if (lines.size() == MOST_LINES) {
            report.cannotRead(file, read.number(), "is one of more than " + MOST_LINES + " of its session");
        } else {
            keep(index, read, bytes, scanned);
        }
    }

    private void passOver(Scanned scanned) {
        if (PASSED_OVER.contains(scanned.type())) {
            report.passOver(scanned.type());
        } else {
            report.unknown(scanned.type());
        }
    }

    private void keep(int index, Lines read, byte[] bytes, Scanned scanned) {
        Double time = scanned.time();
        if (time == null) {
            report.cannotRead(files.get(index).toString(), read.number(), "has no time");
            return;
        }
        boolean isHeld = held + bytes.length <= MOST_HELD;
        held += isHeld ? bytes.length : 0;
        Line line = new Line(time, index, read.start(), bytes.length, read.number(), isHeld ? bytes : null);
        lines.add(line);
        newest = Math.max(newest, line.time());
        String agent = agentOf(index, scanned.agent());
        lastOfAgent.merge(String.valueOf(agent), line.time(), Math::max);
        if (scanned.messageId() != null) {
            lastOfMessage.merge(scanned.messageId(), line, (one, other) -> other.time() >= one.time() ? other : one);
        }
        scanned.launches().forEach(launch -> launches.put(launch.callId(), new CalledBy(agent, launch)));
        if (scanned.launched() != null) {
            launchedBy.put(scanned.launched().agent(), scanned.launched().callId());
        }
    }

    private JsonNode meta(Path file) {
        String name = file.getFileName().toString();
        Path meta = file.resolveSibling(name.substring(0, name.length() - SessionFiles.LINES.length()) + ".meta.json");
        try {
            if (Files.isRegularFile(meta) && Files.size(meta) <= LARGEST_META) {
                return Json.mapper().readTree(Files.readAllBytes(meta));
            }
        } catch (IOException | JacksonException failure) {
            report.cannotRead(meta.toString(), null, "cannot be read: " + failure.getMessage());
        }
        return MissingNode.getInstance();
    }

    /** The lines, as they happened; of the same time as they lie there. */
    List<Line> lines() {
        return lines;
    }

    Path file(Line line) {
        return files.get(line.file());
    }

    /** The time of the last line, epoch milliseconds. */
    double newest() {
        return newest;
    }

    /** The time of an agent's last line, epoch milliseconds; {@code null} names the main agent. */
    double lastOf(String agent) {
        return lastOfAgent.getOrDefault(String.valueOf(agent), newest);
    }

    /** What the session's last clean end says that it cost; missing if there is none. */
    JsonNode costs() {
        return costs;
    }

    /** Whether no other line has more of that answer of a model. */
    boolean isLastOf(String messageId, Line line) {
        return lastOfMessage.get(messageId) == line;
    }

    /** The agent that a line of a file is about; {@code null} for the main agent. */
    String agentOf(int file, String said) {
        if (said != null && Hook.isId(said)) {
            return said;
        }
        Path path = files.get(file);
        return SessionFiles.isAgents(path) && Hook.isId(SessionFiles.agentOf(path)) ? SessionFiles.agentOf(path) : null;
    }

    /**
     * What all files say of a subagent.
     *
     * @param mainId of its session
     */
    Session.About about(String agent, String mainId, String prompt) {
        JsonNode meta = metas.getOrDefault(agent, MissingNode.getInstance());
        String callId = meta.path("toolUseId").asString(launchedBy.get(agent));
        CalledBy call = callId == null ? null : launches.get(callId);
        String role = meta.path("agentType")
                .asString(call == null ? null : call.launch().type());
        String name = meta.path("description")
                .asString(call == null ? null : call.launch().title());
        boolean isOfSubagent =
                call != null && call.agent() != null && !call.agent().equals(agent);
        return new Session.About(
                role,
                isOfSubagent ? call.agent() : mainId,
                name,
                meta.path("model").asString(null),
                prompt);
    }
}
