package io.swarmledger.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A payload as its caller wrote it. It travels in the metadata of the command and of the event that came of it: in the
 * log the event has the caller's digits and order of names, and behind them what the caller left out.
 *
 * @param json a JSON object
 */
public record WrittenPayload(String json) {

    private static final String ENTRY = Envelope.OWN + "payload";
    private static final String NOTHING = "null";

    /** The one that the metadata of a message has. */
    public static Optional<WrittenPayload> in(Map<String, ?> messageMetaData) {
        return Optional.ofNullable((String) messageMetaData.get(ENTRY)).map(WrittenPayload::new);
    }

    /** The entry of a message's metadata that it is. */
    public Map<String, Object> toMetaData() {
        return Map.of(ENTRY, json);
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
