package io.swarmledger.query.run;

import io.swarmledger.query.LastUsed;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import java.util.List;

/** Runs as far as they were read, those that were asked about last: events do not change, and most questions follow another. */
final class Runs {

    private static final int KEPT = 8;
    private static final long KEPT_BYTES = 96L << 20;

    private final EventReader reader;
    private final LastUsed<List<Object>, Run> kept = new LastUsed<>(KEPT, KEPT_BYTES, (key, run) -> run.bytes());

    Runs(EventReader reader) {
        this.reader = reader;
    }

    /** The run of a swarm behind a position, as far as it was read last; whoever has it read on locks it. */
    Run of(String swarmId, long from) {
        List<Object> key = List.of(swarmId, from);
        kept.putIfAbsent(key, new Run(swarmId, from));
        Run run = kept.get(key);
        return run == null ? new Run(swarmId, from) : run;
    }

    /** Reads it on, up to that position; or, where it has come further already, reads one that has not. */
    Run upTo(EventLog now, Run run, long upTo) {
        Run read = run.lastPosition() > upTo ? new Run(run.swarmId, run.from) : run;
        try {
            read.read(now, reader, upTo);
        } catch (RuntimeException broken) {
            // Half a page of it may be in there.
            kept.remove(List.of(run.swarmId, run.from));
            throw broken;
        }
        if (read == run) {
            kept.put(List.of(run.swarmId, run.from), run);
        }
        return read;
    }
}
