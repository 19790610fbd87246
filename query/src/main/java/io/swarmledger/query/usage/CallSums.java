package io.swarmledger.query.usage;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.query.Finite;

/**
 * What calls come to. No token counts twice: those that came from the cache, or went to it, are none of the input's.
 *
 * @param toolFailures of the calls of tools those with an error
 * @param costUsd US dollars, of the calls that told it; {@code null} if none did
 */
@RecordBuilder
public record CallSums(
        long toolCalls,
        long toolFailures,
        long modelCalls,
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheWriteTokens,
        Double costUsd)
        implements CallSumsBuilder.With {

    /** Of no calls. */
    public static final CallSums NONE = CallSumsBuilder.builder().build();

    /** All tokens together: those of the cache too. */
    public long tokens() {
        return sum(sum(sum(inputTokens, outputTokens), cacheReadTokens), cacheWriteTokens);
    }

    /** With what an event adds: a call, or nothing. */
    public CallSums and(LedgerEvent event) {
        if (event instanceof AgentToolCalled call) {
            return withToolCalls(toolCalls + 1).withToolFailures(toolFailures + (call.error() == null ? 0 : 1));
        }
        if (event instanceof AgentModelCalled call) {
            return CallSumsBuilder.builder(this)
                    .modelCalls(modelCalls + 1)
                    .inputTokens(sum(inputTokens, call.inputTokens()))
                    .outputTokens(sum(outputTokens, call.outputTokens()))
                    .cacheReadTokens(sum(cacheReadTokens, call.cacheReadTokens()))
                    .cacheWriteTokens(sum(cacheWriteTokens, call.cacheWriteTokens()))
                    .costUsd(cost(costUsd, call.costUsd()))
                    .build();
        }
        return this;
    }

    /** What history says of numbers that cannot be counts is not believed; beyond what a number holds it stays there. */
    private static long sum(long before, Long more) {
        if (more == null || more < 0) {
            return before;
        }
        return before > Long.MAX_VALUE - more ? Long.MAX_VALUE : before + more;
    }

    private static Double cost(Double before, Double more) {
        if (more == null || !(more >= 0)) {
            return before;
        }
        return Finite.clamp((before == null ? 0 : before) + more);
    }
}
