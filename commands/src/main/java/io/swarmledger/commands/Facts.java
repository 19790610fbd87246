package io.swarmledger.commands;

import io.swarmledger.events.EventType;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.OwnId;
import io.swarmledger.events.agent.AgentMessageSent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskStarted;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;

/** What makes an event well-formed for a stream, whatever the rules of its aggregate say. */
final class Facts {

    private static final String DURATION = "duration";

    /** A count whose limits, 0 among them, are a rule's: an observed fact may break it. */
    private static final String JUDGED_BY_A_RULE = "newAgentCount";

    private Facts() {}

    static void check(String aggregateType, String aggregateId, LedgerEvent event) {
        Require.id("aggregateId", aggregateId);
        Require.given("payload", event);
        if (event instanceof OpaqueEvent opaque) {
            checkOpaque(opaque);
        } else {
            checkType(aggregateType, event);
            checkOwnId(aggregateId, event);
        }
        if (EventTypes.begins(event)) {
            Require.newId("aggregateId", aggregateId);
        }
        checkOtherIds(event);
        checkValues(event);
    }

    /** The payload's own id may be left out, but may not contradict the stream's. */
    static void checkOwnId(String aggregateId, LedgerEvent event) {
        OwnId.of(event.getClass()).ifPresent(own -> {
            String told = own.in(event);
            if (told != null && !told.equals(aggregateId)) {
                throw new MalformedCommand(own.field(), "is not the aggregate's id " + aggregateId);
            }
        });
    }

    private static void checkOpaque(OpaqueEvent event) {
        Require.name("type", Require.text("type", event.type()));
        event.unreadableBecause().ifPresent(defect -> {
            throw new MalformedCommand("payload", "cannot be read as " + event.type() + ": " + defect);
        });
        if (EventTypes.recordOf(event.type()).isPresent()) {
            throw new MalformedCommand("payload", "was not read although " + event.type() + " is a known type");
        }
        try {
            Json.mapper().readTree(Require.text("payload", event.payload()));
        } catch (JacksonException defect) {
            throw new MalformedCommand("payload", "is no JSON: " + Json.reason(defect));
        }
    }

    private static void checkType(String asked, LedgerEvent event) {
        if (!event.getClass().isAnnotationPresent(EventType.class)) {
            throw new MalformedCommand("type", "is none: " + event.getClass().getName() + " is no event of the ledger");
        }
        String actual = EventTypes.kindOf(EventTypes.nameOf(event));
        if (!asked.equals(actual)) {
            throw new MalformedCommand(
                    "aggregateType",
                    "is " + asked + ", but " + EventTypes.nameOf(event) + " is an event of type " + actual);
        }
    }

    private static void checkOtherIds(LedgerEvent event) {
        if (event instanceof AgentTaskAssigned assigned) {
            Require.idIfGiven("taskId", assigned.taskId());
        } else if (event instanceof AgentTaskCompleted completed) {
            Require.idIfGiven("taskId", completed.taskId());
        } else if (event instanceof TaskStarted started) {
            Require.idIfGiven("agentId", started.agentId());
        } else if (event instanceof AgentSpawned spawned) {
            Require.idIfGiven("parentAgentId", spawned.parentAgentId());
        } else if (event instanceof AgentToolCalled called) {
            Require.idIfGiven("taskId", called.taskId());
        } else if (event instanceof AgentModelCalled called) {
            Require.idIfGiven("taskId", called.taskId());
            Require.cost("costUsd", called.costUsd());
        } else if (event instanceof AgentMessageSent sent) {
            Require.idIfGiven("to", sent.to());
        } else if (event instanceof TaskCreated created) {
            Require.ids("dependencies", created.dependencies());
            Require.idIfGiven("parentTaskId", created.parentTaskId());
        } else if (event instanceof TaskBlocked blocked) {
            Require.ids("blockedBy", blocked.blockedBy());
        }
    }

    /** Numbers and names of the ledger's own events: what others may hold, their application says. */
    private static void checkValues(LedgerEvent event) {
        if (isOfLedger(event)) {
            valuesOf(event).forEach(Facts::checkValue);
        }
    }

    /** JSON has no word for a number that is none: an application's event with one could not be read again. */
    static void requireNumbers(LedgerEvent event) {
        valuesOf(event).forEach(Facts::requireNumber);
    }

    private static void requireNumber(String field, Object value) {
        if (value instanceof Double number && !Double.isFinite(number)
                || value instanceof Float small && !Float.isFinite(small)) {
            throw new MalformedCommand(field, "is " + value + ", which is no number");
        }
        if (value instanceof Iterable<?> items) {
            items.forEach(item -> requireNumber(field, item));
        }
    }

    /** Whether it is one of the ledger's own types, or of one that nobody knows. */
    static boolean isOfLedger(LedgerEvent event) {
        return event instanceof OpaqueEvent
                || EventTypes.recordOf(EventTypes.nameOf(event)).isPresent();
    }

    private static Map<String, Object> valuesOf(LedgerEvent event) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (event instanceof OpaqueEvent) {
            return values;
        }
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            try {
                Method accessor = component.getAccessor();
                // An event of an application's need not be public.
                accessor.setAccessible(true);
                values.put(component.getName(), accessor.invoke(event));
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(component + " of a record cannot be read", impossible);
            }
        }
        return values;
    }

    private static void checkValue(String field, Object value) {
        if (value instanceof Double duration && field.equals(DURATION)) {
            Require.duration(field, duration);
        } else if (value instanceof Double time) {
            Require.time(field, time);
        } else if (value instanceof Long count && !field.equals(JUDGED_BY_A_RULE)) {
            Require.count(field, count);
        } else if (value instanceof String text && !Require.AT_LENGTH.contains(field)) {
            Require.name(field, text);
        } else if (value instanceof List<?> list) {
            IntStream.range(0, list.size())
                    .filter(i -> list.get(i) instanceof String)
                    .forEach(i -> Require.name(field + "[" + i + "]", (String) list.get(i)));
        }
    }
}
