package io.swarmledger.query.failure;

import io.swarmledger.events.Json;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LogRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** What agents called later. It remembers: it is for one question. */
public final class AgentCalls {

    private static final String[] CALLS = FailureTypes.CALLS.toArray(String[]::new);

    private final EventLog log;
    private final Map<Tool, Long> successes = new HashMap<>();
    private final Map<String, Long> models = new HashMap<>();
    private final Map<String, Long> wentOn = new HashMap<>();

    public AgentCalls(EventLog log) {
        this.log = log;
    }

    private record Tool(String agent, String name) {}

    /** The position of the agent's last call of the tool that had no error, 0 if there is none. */
    public long lastSuccess(String agentId, String toolName) {
        return successes.computeIfAbsent(new Tool(agentId, toolName), asked -> {
            Optional<LogRow> call = lastCall(asked, Long.MAX_VALUE);
            while (call.isPresent() && hasError(call.get())) {
                call = lastCall(asked, call.get().position() - 1);
            }
            return call.map(LogRow::position).orElse(0L);
        });
    }

    /** The position of the agent's last call of a model if that had no error, 0 otherwise. */
    public long lastSuccessOfModel(String agentId) {
        return models.computeIfAbsent(agentId, asked -> lastWithout(asked, FailureTypes.MODEL_CALLED));
    }

    /** The position of the agent's last call of anything if that had no error, 0 otherwise. */
    public long lastIfSuccess(String agentId) {
        return wentOn.computeIfAbsent(agentId, asked -> lastWithout(asked, CALLS));
    }

    /** The position of the agent's last call before another position, 0 if there is none. */
    public long before(String agentId, long position) {
        return log.last(agentId, position - 1, CALLS).map(LogRow::position).orElse(0L);
    }

    private long lastWithout(String agentId, String... types) {
        return log.last(agentId, Long.MAX_VALUE, types)
                .filter(call -> !hasError(call))
                .map(LogRow::position)
                .orElse(0L);
    }

    private Optional<LogRow> lastCall(Tool tool, long upTo) {
        return log.lastSaying("tool", tool.name(), tool.agent(), FailureTypes.TOOL_CALLED, upTo);
    }

    private static boolean hasError(LogRow call) {
        try {
            return Json.mapper().readTree(call.payload()).hasNonNull("error");
        } catch (JacksonException noJson) {
            return true;
        }
    }
}
