package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.imports.Reading;
import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Facts;
import io.swarmledger.app.recorder.ReadReport;
import java.util.List;
import java.util.Optional;

/** The facts that state files tell, in the order of their times. All of them are read before the first is told. */
final class StateFacts implements Facts {

    private final List<StateFiles.Part> parts;
    private final Telling telling;
    private boolean gathered;

    StateFacts(List<StateFiles.Part> parts, Reading reading, ReadReport report) {
        this.parts = parts;
        this.telling = new Telling(reading, report);
    }

    @Override
    public Optional<Fact> next() {
        if (!gathered) {
            parts.forEach(part -> telling.read(part.kind(), part.file()));
            telling.end();
            gathered = true;
        }
        return telling.facts().next();
    }

    @Override
    public ReadReport report() {
        return telling.report();
    }

    @Override
    public void close() {
        telling.facts().close();
    }
}
