package io.swarmledger.app.check.plain;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the events of one feature make of a thing, as the contract words it, in the JSON that it is answered in. */
abstract class PlainFold {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String feature;
    private final String birth;

    PlainFold(String feature, String birth) {
        this.feature = feature;
        this.birth = feature + ":" + birth;
    }

    /** The first word of its event types. */
    String feature() {
        return feature;
    }

    /** The thing after an event; {@code null} before it is born. */
    ObjectNode next(ObjectNode it, PlainEvent event, PlainPayload told) {
        if (isBirth(event)) {
            ObjectNode born = NODES.objectNode();
            born.put("id", event.aggregateId());
            begin(born, event, told);
            born.put("swarmId", event.swarmId());
            return born;
        }
        if (it != null) {
            goOn(it, event.type().substring(feature.length() + 1), event, told);
        }
        return it;
    }

    abstract void begin(ObjectNode it, PlainEvent event, PlainPayload told);

    /** What happened to it is named without its feature. */
    abstract void goOn(ObjectNode it, String happened, PlainEvent event, PlainPayload told);

    /** Whether an event begins a thing, or begins it anew. */
    boolean isBirth(PlainEvent event) {
        return event.type().equals(birth);
    }

    /** What agents' calls are summed by for it; {@code null} if they are not, or are its own events. */
    PlainLog.CallsBy calls() {
        return null;
    }

    /** What it is counted under. */
    String statusOf(ObjectNode it) {
        return it.get("status").stringValue();
    }

    static boolean has(ObjectNode it, String field) {
        return it.hasNonNull(field);
    }

    static void count(ObjectNode it, String field) {
        it.put(field, it.get(field).longValue() + 1);
    }

    /** Beyond the largest number there is it stays that one. */
    static double finite(double number) {
        return Double.isFinite(number) ? number : Math.copySign(Double.MAX_VALUE, number);
    }

    static void addTo(ObjectNode it, String list, JsonNode item) {
        it.withArray(list).add(item);
    }
}
