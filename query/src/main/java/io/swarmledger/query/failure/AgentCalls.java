package io.swarmledger.query.failure;

import io.swarmledger.events.Json;
import io.swarmledger.query.log.AggregateAnswers;
import io.swarmledger.query.log.AggregateAnswers.Question;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LastEvent;
import io.swarmledger.query.log.LogRow;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What agents had called last in one moment of the log. For one thread. */
public final class AgentCalls {

    private static final String[] ANY = FailureTypes.CALLS.toArray(String[]::new);

    private static final Question<Long> IF_ANY_SUCCEEDED = (log, agentId) -> lastIfSuccess(log, agentId, ANY);
    private static final Question<Long> IF_MODEL_SUCCEEDED =
            (log, agentId) -> lastIfSuccess(log, agentId, FailureTypes.MODEL_CALLED);

    private final AggregateAnswers.Then now;

    public AgentCalls(AggregateAnswers.Then now) {
        this.now = now;
    }

    /** The last call of a tool that had no error. */
    private record LastSuccess(String tool) implements Question<Long> {

        @Override
        public Long ask(EventLog log, String agentId) {
            Optional<LogRow> call = last(log, agentId, Long.MAX_VALUE);
            while (call.isPresent() && !isSuccess(call.get())) {
                call = last(log, agentId, call.get().position() - 1);
            }
            return call.map(LogRow::position).orElse(0L);
        }

        private Optional<LogRow> last(EventLog log, String agentId, long upTo) {
            return log.lastSaying("tool", tool, agentId, FailureTypes.TOOL_CALLED, upTo);
        }

        @Override
        public long bytes(Long answer) {
            return 2L * tool.length();
        }
    }

    /** The position of the agent's last call of the tool that had no error, 0 if there is none. */
    public long lastSuccess(String agentId, String toolName) {
        return now.ask(agentId, new LastSuccess(toolName));
    }

    /** The position of the agent's last call of a model if that had no error, 0 otherwise. */
    public long lastSuccessOfModel(String agentId) {
        return now.ask(agentId, IF_MODEL_SUCCEEDED);
    }

    /** The position of the agent's last call of anything if that had no error, 0 otherwise. */
    public long lastIfSuccess(String agentId) {
        return now.ask(agentId, IF_ANY_SUCCEEDED);
    }

    /** The position of the agent's last call before another position, 0 if there is none. */
    public long before(String agentId, long position) {
        return now.before(agentId, position, ANY).map(LastEvent::position).orElse(0L);
    }

    private static long lastIfSuccess(EventLog log, String agentId, String... types) {
        return log.last(agentId, Long.MAX_VALUE, types)
                .filter(AgentCalls::isSuccess)
                .map(LogRow::position)
                .orElse(0L);
    }

    private static boolean isSuccess(LogRow call) {
        try {
            JsonNode payload = Json.mapper().readTree(call.payload());
            return !payload.hasNonNull("error");
        } catch (JacksonException noJson) {
            return false;
        }
    }
}
