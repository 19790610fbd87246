package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.app.imports.FactSource;
import io.swarmledger.app.imports.Format;
import io.swarmledger.app.imports.Reading;
import io.swarmledger.app.imports.Source;
import io.swarmledger.app.recorder.ShownContent;
import io.swarmledger.app.recorder.claudeflow.ClaudeFlowState;
import java.io.IOException;
import java.nio.file.Path;

/** What Claude Code wrote down of its sessions: all of them, those of a project, one, or a file. */
public final class ClaudeCodeSessions implements Format {

    @Override
    public boolean mayBegin(Path path, byte[] beginning) throws IOException {
        return !ClaudeFlowState.isProject(path) && Transcripts.areAt(path);
    }

    @Override
    public Source open(Path path, Reading reading) {
        return new FactSource(new Transcripts(
                path,
                new ShownContent(reading.content()),
                reading.known(),
                reading.clock().instant().minus(Transcripts.QUIET),
                reading.changedSince()));
    }
}
