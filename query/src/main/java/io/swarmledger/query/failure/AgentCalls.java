package io.swarmledger.query.failure;

import io.swarmledger.events.Json;
import io.swarmledger.query.LastUsed;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventLog.Part;
import io.swarmledger.query.log.LogRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What agents called last. It remembers what it was asked for, and reads on what was called since: many failures are asked
 * about again and again, by whoever watches. For any thread.
 */
public final class AgentCalls {

    private static final String[] CALLS = FailureTypes.CALLS.toArray(String[]::new);
    private static final EventCriteria ANY_CALL = EventCriteria.ofTypes(FailureTypes.CALLS);

    /** Of more events than these it is quicker to ask for each agent anew. */
    private static final int READ_ON = 20_000;

    private static final int REMEMBERED = 40_000;
    private static final long REMEMBERED_BYTES = 12L << 20;

    private final LastUsed<Asked, Long> remembered =
            new LastUsed<>(REMEMBERED, REMEMBERED_BYTES, (asked, position) -> asked.bytes());
    /** What came before a position does not change. */
    private final LastUsed<Before, Long> before = new LastUsed<>(
            REMEMBERED,
            REMEMBERED_BYTES / 2,
            (asked, position) -> 2L * asked.agent().length());

    private long upTo;

    private record Before(String agent, long position) {}

    /**
     * What was asked for of an agent.
     *
     * @param tool that it is about; {@code null} if it is about no tool
     */
    private record Asked(String agent, What what, String tool) {

        long bytes() {
            return 2L * (agent.length() + (tool == null ? 0 : tool.length()));
        }
    }

    private enum What {
        /** The last call of a tool that had no error. */
        SUCCESS,
        /** The last call of a model, if it had none. */
        MODEL,
        /** The last call of anything, if it had none. */
        ANY
    }

    /** The same as it is in that moment of the log: for one question. */
    public Then asOf(EventLog now) {
        long head = now.head();
        synchronized (remembered) {
            if (head > upTo) {
                readOn(now, head);
            }
            return new Then(now, head);
        }
    }

    private void readOn(EventLog now, long head) {
        if (head - upTo > READ_ON) {
            remembered.clear();
        }
        boolean isAll = head - upTo > READ_ON;
        long last = upTo;
        while (!isAll) {
            Part part = now.read(last, head, ANY_CALL, Budget.PAGE);
            part.rows().forEach(this::called);
            last = part.last(last);
            isAll = part.isAll();
        }
        upTo = head;
    }

    private void called(LogRow call) {
        String agent = call.aggregateId();
        JsonNode payload = payload(call);
        boolean isSuccess = isSuccess(payload);
        replace(new Asked(agent, What.ANY, null), isSuccess ? call.position() : 0);
        if (call.type().equals(FailureTypes.MODEL_CALLED)) {
            replace(new Asked(agent, What.MODEL, null), isSuccess ? call.position() : 0);
        } else if (isSuccess && payload.path("tool").isString()) {
            replace(new Asked(agent, What.SUCCESS, payload.path("tool").stringValue()), call.position());
        }
    }

    private void replace(Asked asked, long position) {
        if (remembered.containsKey(asked)) {
            remembered.put(asked, position);
        }
    }

    private static JsonNode payload(LogRow call) {
        try {
            return Json.mapper().readTree(call.payload());
        } catch (JacksonException noJson) {
            return null;
        }
    }

    private static boolean isSuccess(JsonNode payload) {
        return payload != null && !payload.hasNonNull("error");
    }

    /** What agents had called last in one moment. For one thread. */
    public final class Then {

        private final EventLog log;
        private final long head;
        private final Map<Asked, Long> ofThisQuestion = new HashMap<>();

        private Then(EventLog log, long head) {
            this.log = log;
            this.head = head;
        }

        /** The position of the agent's last call of the tool that had no error, 0 if there is none. */
        public long lastSuccess(String agentId, String toolName) {
            return answer(new Asked(agentId, What.SUCCESS, toolName), () -> {
                Optional<LogRow> call = lastCall(agentId, toolName, Long.MAX_VALUE);
                while (call.isPresent() && !isSuccess(payload(call.get()))) {
                    call = lastCall(agentId, toolName, call.get().position() - 1);
                }
                return call.map(LogRow::position).orElse(0L);
            });
        }

        /** The position of the agent's last call of a model if that had no error, 0 otherwise. */
        public long lastSuccessOfModel(String agentId) {
            return answer(
                    new Asked(agentId, What.MODEL, null), () -> lastIfSuccess(agentId, FailureTypes.MODEL_CALLED));
        }

        /** The position of the agent's last call of anything if that had no error, 0 otherwise. */
        public long lastIfSuccess(String agentId) {
            return answer(new Asked(agentId, What.ANY, null), () -> lastIfSuccess(agentId, CALLS));
        }

        /** The position of the agent's last call before another position, 0 if there is none. */
        public long before(String agentId, long position) {
            return log.last(agentId, position - 1, CALLS).map(LogRow::position).orElse(0L);
        }

        private long lastIfSuccess(String agentId, String... types) {
            return log.last(agentId, Long.MAX_VALUE, types)
                    .filter(call -> isSuccess(payload(call)))
                    .map(LogRow::position)
                    .orElse(0L);
        }

        private Optional<LogRow> lastCall(String agentId, String toolName, long upTo) {
            return log.lastSaying("tool", toolName, agentId, FailureTypes.TOOL_CALLED, upTo);
        }

        private long answer(Asked asked, Supplier<Long> look) {
            Long known = ofThisQuestion.get(asked);
            if (known == null) {
                known = known(asked);
            }
            if (known == null) {
                known = look.get();
                remember(asked, known);
            }
            ofThisQuestion.put(asked, known);
            return known;
        }

        /** Once a later question has read on, what is remembered is of its moment. */
        private Long known(Asked asked) {
            synchronized (remembered) {
                return head == upTo ? remembered.get(asked) : null;
            }
        }

        private void remember(Asked asked, long position) {
            synchronized (remembered) {
                if (head == upTo) {
                    remembered.put(asked, position);
                }
            }
        }
    }
}
