package io.swarmledger.app.log;

import io.swarmledger.commands.AggregateTypes;
import java.util.function.LongConsumer;

/** Looks after a log as a whole, beside whoever writes it. */
public interface LogAdmin {

    /** Whose log it is and how far it goes. */
    LogStanding standing();

    /**
     * Checks every event's link of the chain, positions without gaps, payloads, that nothing is missing that was
     * acknowledged, and what the store finds by itself. It only reads.
     *
     * @param aggregates whose snapshots are held against their events; others are passed over
     * @param progress told how many events were checked so far
     */
    Verdict verify(AggregateTypes aggregates, LongConsumer progress);
}
