package io.swarmledger.query.usage;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.view.UnreadableEvent;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the calls of models come to in each swarm, as {@link GetUsage} by swarm would say. It reads on from where it was; of
 * more than {@value UsageQueries#MOST_KEYS} swarms it sums those that were heard of first. For one thread.
 */
public final class Spending {

    private static final EventCriteria CALLS = EventCriteria.ofTypes(List.of("agent:model-called"));

    private final EventLog log;
    private final EventReader reader;
    private final Map<String, CallSums> bySwarm = new HashMap<>();
    private long position;

    /** Nothing of it is read yet. */
    public Spending(EventLog log, EventReader reader) {
        this.log = log;
        this.reader = reader;
    }

    /** By the ids of the swarms, as of now. */
    public Map<String, CallSums> bySwarm() {
        boolean isAll = false;
        while (!isAll) {
            EventLog.Part part = log.read(position, Long.MAX_VALUE, CALLS, Budget.PAGE);
            part.rows().forEach(this::take);
            position = part.last(position);
            isAll = part.isAll();
        }
        return Collections.unmodifiableMap(bySwarm);
    }

    private void take(LogRow row) {
        try {
            reader.events(row).forEach(event -> add(row.swarmId(), event));
        } catch (UnreadableEvent nothingToSum) {
            // The views have put it aside, which is a matter of its own.
        }
    }

    private void add(String swarmId, LedgerEvent event) {
        CallSums before = bySwarm.get(swarmId);
        if (before != null || bySwarm.size() < UsageQueries.MOST_KEYS) {
            bySwarm.put(swarmId, (before == null ? CallSums.NONE : before).and(event));
        }
    }
}
