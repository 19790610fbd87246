package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.recorder.Content;
import io.swarmledger.app.recorder.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What claude-flow's guidance notes of each run of a task: kept as it is, but for the names of files. */
final class GuidanceRuns {

    private static final List<String> KEPT = List.of(
            "taskId",
            "intent",
            "toolsUsed",
            "retrievedRuleIds",
            "diffSummary",
            "testResults",
            "outcomeAccepted",
            "reworkLines",
            "durationMs",
            "sessionId",
            "guidanceHash");

    private static final List<String> CONTENT = List.of("filesTouched", "violations");

    private final Telling telling;

    GuidanceRuns(Telling telling) {
        this.telling = telling;
    }

    void read(Path file) throws IOException {
        double fileTime = Telling.timeOf(file);
        LogLines.each(telling, file, (number, key, run) -> {
            String task = run.text("taskId");
            String id = run.text("eventId");
            if (task == null) {
                telling.report().cannotRead(file.toString(), number, "names no task");
                return;
            }
            Double at = run.time("timestamp");
            telling.story(task, fileTime)
                    .keep(
                            id == null ? key : id,
                            "claude-flow:guidance-run",
                            "task",
                            task,
                            Story.SWARM,
                            at == null ? fileTime : at,
                            payload(run));
        });
    }

    private ObjectNode payload(Entry run) {
        ObjectNode payload = Story.object();
        KEPT.stream()
                .filter(run.json()::has)
                .forEach(name -> payload.set(name, Secrets.redact(run.json().path(name))));
        for (String name : CONTENT) {
            if (run.json().path(name).isArray()) {
                payload.put(name + "Count", run.json().path(name).size());
            }
            if (telling.shown().content() == Content.FULL && run.json().has(name)) {
                payload.set(name, Secrets.redact(run.json().path(name)));
            }
        }
        return payload;
    }
}
