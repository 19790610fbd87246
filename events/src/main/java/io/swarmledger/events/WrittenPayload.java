package io.swarmledger.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A payload as its caller wrote it. It travels in the metadata of the command and of the event that came of it: in the
 * log the event has the caller's digits and order of names, and behind them what the caller left out.
 *
 * @param type the stable name of the event that was asked for
 * @param json a JSON object
 */
public record WrittenPayload(String type, String json) {

    private static final String ENTRY = Envelope.OWN + "payload";
    private static final String TYPE = Envelope.OWN + "payloadType";
    private static final String NOTHING = "null";

    /** The one that the metadata of a message has. */
    public static Optional<WrittenPayload> in(Map<String, ?> messageMetaData) {
        return Optional.ofNullable((String) messageMetaData.get(ENTRY))
                .map(json -> new WrittenPayload((String) messageMetaData.get(TYPE), json));
    }

    /** An event as the ledger would write it. */
    public static WrittenPayload of(LedgerEvent event) {
        return new WrittenPayload(EventTypes.nameOf(event), Json.written(event));
    }

    /** The entries of a message's metadata that it is. */
    public Map<String, Object> toMetaData() {
        return Map.of(ENTRY, json, TYPE, type);
    }

    /**
     * What is left of a payload where an aggregate has changed what was given.
     *
     * @param written the payload with the changed values in their places; {@code null} if nothing of it can be kept
     * @param changed what was given and is not so in the event, by the names of its fields
     */
    public record Held(WrittenPayload written, Map<String, Object> changed) {}

    /**
     * This payload, made to agree with the event that came of it: whoever reads the log reads that event. Where a value is
     * the same it stays as it was written.
     */
    public Held heldTo(LedgerEvent event) {
        Map<String, String> given = members(json);
        String whole = Json.written(event);
        if (!type.equals(EventTypes.nameOf(event))) {
            return new Held(null, values(given));
        }
        Map<String, String> made = members(whole);
        Map<String, String> understood = members(Json.written(read(json, event)));
        Map<String, String> changed = new LinkedHashMap<>(given);
        changed.entrySet()
                .removeIf(field -> field.getValue().equals(NOTHING)
                        || Objects.equals(understood.get(field.getKey()), made.get(field.getKey())));
        changed.keySet().forEach(name -> {
            if (made.containsKey(name)) {
                given.put(name, made.get(name));
            } else {
                given.remove(name);
            }
        });
        WrittenPayload kept = new WrittenPayload(type, object(given));
        boolean agrees = Json.written(read(kept.completedBy(whole), event)).equals(whole);
        return new Held(agrees ? kept : null, values(changed));
    }

    private static Object read(String json, LedgerEvent like) {
        return Json.mapper().readValue(json, like.getClass());
    }

    private static Map<String, Object> values(Map<String, String> members) {
        Map<String, Object> values = new LinkedHashMap<>();
        members.forEach((name, value) -> values.put(name, Json.mapper().readValue(value, Object.class)));
        return values;
    }

    /**
     * This payload, and what it leaves out as the event has it.
     *
     * @param event the payload of the event that came of it, a JSON object
     */
    public String completedBy(String event) {
        Map<String, String> members = members(json);
        members(event)
                .forEach((name, value) ->
                        members.merge(name, value, (given, made) -> given.equals(NOTHING) ? made : given));
        return object(members);
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> '"' + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** The names of an object, none of which has anything to escape, and their values as they stand there. */
    private static Map<String, String> members(String object) {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser parser = Json.mapper().createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
                parser.skipChildren();
                parser.finishToken();
                int to = Math.toIntExact(parser.currentLocation().getCharOffset());
                members.put(name, object.substring(from, to));
            }
        }
        return members;
    }
}
