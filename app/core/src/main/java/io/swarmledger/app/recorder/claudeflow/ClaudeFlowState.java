package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.imports.FactSource;
import io.swarmledger.app.imports.Format;
import io.swarmledger.app.imports.ImportRefused;
import io.swarmledger.app.imports.Reading;
import io.swarmledger.app.imports.Source;
import io.swarmledger.app.recorder.ReadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What claude-flow leaves on disk in practice: its stores of agents, tasks and swarms, its memory database, its receipts of
 * tool calls, and the logs that it writes beside. A project's folder, its {@code .claude-flow} or {@code .swarm}, any folder
 * with such files, or one of them. They are overwritten in place: what they say now becomes events, and another import adds
 * what has changed since.
 */
public final class ClaudeFlowState implements Format {

    /** Whether a folder is a project that claude-flow works in. */
    public static boolean isProject(Path path) {
        return StateFiles.FOLDERS.stream().anyMatch(folder -> Files.isDirectory(path.resolve(folder)));
    }

    @Override
    public boolean mayBegin(Path path, byte[] beginning) {
        return Files.isDirectory(path)
                ? !StateFiles.in(path, new ReadReport()).isEmpty()
                : Kind.of(path, beginning).isPresent();
    }

    @Override
    public Source open(Path path, Reading reading) throws IOException {
        ReadReport report = new ReadReport();
        List<StateFiles.Part> parts = Files.isDirectory(path)
                ? StateFiles.in(path, report)
                : List.of(new StateFiles.Part(StateFiles.kindOf(path).orElseThrow(), path));
        if (parts.size() == 1 && parts.get(0).kind() == Kind.SNAPSHOTS) {
            throw new ImportRefused(
                    path, "holds the snapshots beside one of claude-flow's .rvf logs, not its events: name the log");
        }
        return new FactSource(new StateFacts(parts, reading, report));
    }
}
