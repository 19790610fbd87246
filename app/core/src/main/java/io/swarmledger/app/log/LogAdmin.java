package io.swarmledger.app.log;

import java.util.function.LongConsumer;

/** Looks after a log as a whole, beside whoever writes it. */
public interface LogAdmin {

    /** Whose log it is and how far it goes. */
    LogStanding standing();

    /**
     * Checks every event's link of the chain, positions without gaps, payloads, that nothing is missing that was
     * acknowledged, and what the store finds by itself. It only reads.
     *
     * @param progress told how many events were checked so far
     */
    Verdict verify(LongConsumer progress);
}
