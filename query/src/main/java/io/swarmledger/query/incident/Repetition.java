package io.swarmledger.query.incident;

import io.swarmledger.events.Json;
import io.swarmledger.query.failure.FailureTypes;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LastEvent;
import io.swarmledger.query.log.LogRow;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The same call of a tool, {@value #REPEATED} times in a row or more, by an agent that has called nothing else since.
 *
 * @param input the digest of what it was called with
 * @param times {@value #LOOKED_AT} at most
 * @param since when the first of them counts as, epoch milliseconds
 * @param last the last of them
 */
record Repetition(String tool, String input, int times, double since, LastEvent last) {

    /** So often in a row the same call is a repetition. */
    static final int REPEATED = 5;

    private static final int LOOKED_AT = 50;

    /** Whether there may be more. */
    boolean isCut() {
        return times == LOOKED_AT;
    }

    /** What an agent does over and over; empty if its last calls differ, or do not say what they were called with. */
    static Optional<Repetition> of(EventLog log, String agentId) {
        Optional<LogRow> last = lastCall(log, agentId, Long.MAX_VALUE);
        Optional<Call> newest = last.flatMap(Call::of);
        LogRow first = null;
        int times = 0;
        Optional<LogRow> next = last;
        while (times < LOOKED_AT && newest.isPresent() && next.flatMap(Call::of).equals(newest)) {
            first = next.get();
            times++;
            next = lastCall(log, agentId, first.position() - 1);
        }
        if (times < REPEATED) {
            return Optional.empty();
        }
        Call call = newest.get();
        return Optional.of(new Repetition(call.tool(), call.input(), times, first.time(), LastEvent.of(last.get())));
    }

    private static Optional<LogRow> lastCall(EventLog log, String agentId, long upTo) {
        return log.last(agentId, upTo, FailureTypes.TOOL_CALLED);
    }

    /**
     * What an agent called.
     *
     * @param input the digest of what it called it with
     */
    private record Call(String tool, String input) {

        /** Empty where it does not say. */
        static Optional<Call> of(LogRow row) {
            try {
                JsonNode payload = Json.mapper().readTree(row.payload());
                return payload.hasNonNull("tool") && payload.hasNonNull("inputDigest")
                        ? Optional.of(new Call(
                                payload.get("tool").asString(),
                                payload.get("inputDigest").asString()))
                        : Optional.empty();
            } catch (JacksonException noJson) {
                return Optional.empty();
            }
        }
    }
}
