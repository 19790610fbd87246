package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Known;
import io.swarmledger.app.recorder.ReadReport;
import io.swarmledger.app.recorder.ShownContent;
import io.swarmledger.app.recorder.claudecode.SessionIndex.Line;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The files of one session as facts: its lines in the order of their times, each read when its turn comes. */
final class Transcript implements AutoCloseable {

    private static final int OPEN_FILES = 32;
    private static final int MOST_TASKS = 10_000;
    private static final int LARGEST_TASK = 1 << 20;

    private final SessionFiles session;
    private final ShownContent shown;
    private final Known known;
    private final double quietSince;
    private final ReadReport report;
    private final SessionIndex index;
    private final Map<String, Recounted> recounted = new LinkedHashMap<>();
    private final Queue<Fact> told = new ArrayDeque<>();
    private final Map<Integer, FileChannel> open = new LinkedHashMap<>(16, 0.75f, true);
    private int next;
    private boolean isEnded;

    /**
     * Those of one session.
     *
     * @param quietSince a session without a line since then has ended; epoch milliseconds
     */
    Transcript(SessionFiles session, ShownContent shown, Known known, double quietSince, ReadReport report) {
        this.session = session;
        this.shown = shown;
        this.known = known;
        this.quietSince = quietSince;
        this.report = report;
        index = new SessionIndex(session.files(), report);
    }

    Optional<Fact> next() {
        while (told.isEmpty() && next < index.lines().size()) {
            Line line = index.lines().get(next++);
            try {
                tell(line);
            } catch (IOException | JacksonException failure) {
                report.cannotRead(
                        index.file(line).toString(), line.number(), "cannot be read: " + failure.getMessage());
            }
        }
        if (told.isEmpty() && !isEnded) {
            isEnded = true;
            end();
        }
        return Optional.ofNullable(told.poll());
    }

    private void tell(Line line) throws IOException {
        JsonNode json = Json.mapper().readTree(bytes(line));
        String sessionId = json.path("sessionId").asString(session.name());
        if (!Hook.isSessionId(sessionId)) {
            report.cannotRead(index.file(line).toString(), line.number(), "names no session");
            return;
        }
        Recounted of = recounted.computeIfAbsent(
                sessionId, id -> new Recounted(new Session(id, shown, known, true), shown, index, report));
        of.tell(json, line);
        told.addAll(of.session().drain());
    }

    private byte[] bytes(Line line) throws IOException {
        if (line.held() != null) {
            return line.held();
        }
        ByteBuffer bytes = ByteBuffer.allocate(line.length());
        FileChannel channel = channel(line.file());
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, line.start() + bytes.position()) < 0) {
                throw new IOException("the file has become shorter");
            }
        }
        return bytes.array();
    }

    private FileChannel channel(int file) throws IOException {
        FileChannel channel = open.get(file);
        if (channel == null) {
            if (open.size() == OPEN_FILES) {
                Integer eldest = open.keySet().iterator().next();
                open.remove(eldest).close();
            }
            channel = FileChannel.open(session.files().get(file), StandardOpenOption.READ);
            open.put(file, channel);
        }
        return channel;
    }

    /** A session that was left has ended, whether somebody wrote that or not. */
    private void end() {
        Recounted of = recounted.get(session.name());
        if (of == null && recounted.size() == 1) {
            of = recounted.values().iterator().next();
        }
        if (of == null || index.newest() > quietSince) {
            return;
        }
        of.session().at(index.newest());
        tellTasks(of.session());
        of.end();
        told.addAll(of.session().drain());
    }

    /** Tasks that have a file and that no line tells of. */
    private void tellTasks(Session of) {
        Path projects = session.files().get(0).toAbsolutePath().getParent();
        Path root = projects == null || projects.getParent() == null
                ? null
                : projects.getParent().getParent();
        Path folder = root == null ? null : root.resolve("tasks").resolve(session.name());
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .limit(MOST_TASKS)
                    .forEach(file -> tellTask(of, file));
        } catch (IOException failure) {
            report.cannotRead(folder.toString(), null, "cannot be read: " + failure);
        }
    }

    private void tellTask(Session of, Path file) {
        try {
            JsonNode task = Files.size(file) > LARGEST_TASK
                    ? JsonNodeFactory.instance.missingNode()
                    : Json.mapper().readTree(Files.readAllBytes(file));
            String taskId = of.taskId(task.path("id").asString(""));
            if (!Hook.isId(taskId) || !task.path("subject").isString()) {
                report.cannotRead(file.toString(), null, "is no task");
                return;
            }
            of.taskCreated(
                    taskId,
                    task.path("subject").stringValue(),
                    task.path("description").asString(null));
            if (task.path("status").asString("").equals("completed")) {
                of.taskCompletes(taskId, of.main(null, null));
            }
        } catch (IOException | JacksonException failure) {
            report.cannotRead(file.toString(), null, "cannot be read: " + failure.getMessage());
        }
    }

    @Override
    public void close() {
        for (FileChannel channel : open.values()) {
            try {
                channel.close();
            } catch (IOException nothingWasWritten) {
                // It was only read.
                continue;
            }
        }
        open.clear();
    }
}
