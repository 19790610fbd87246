package io.swarmledger.app.imports;

import io.swarmledger.app.recorder.Known;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What is put before every id of a file, so that a second run with the same ids stands beside the first and is as
 * linked in itself as that one.
 *
 * <p>Ids are those of events, aggregates, causes and correlations, a source that is an agent (all but {@value
 * Envelope#DEFAULT_SOURCE}), and in the payload of a known type the agents, tasks, memories and sessions that it names. A swarm's
 * own id is an aggregate's id and so gets the prefix, since its versions are taken otherwise; a swarm that the metadata
 * names gets it too, so that both still agree. Where the metadata names none nothing is added to it: the event is of its
 * aggregate's swarm, or of the default one, whose name stays. The payload of an unknown type is nobody's to change.
 *
 * <p>JSON is edited as text, an insertion behind an opening quote: all else stays as it was to the character.
 */
final class Prefix {

    /** To whom a message is: an agent, or a person. */
    private static final String TO = "to";

    private static final String USER = "user";

    private static final Set<String> IDS =
            Set.of("agentId", "taskId", "memoryId", "parentAgentId", "parentTaskId", "sessionId", TO);
    private static final Set<String> LISTS_OF_IDS = Set.of("dependencies", "blockedBy");
    private static final Set<String> SWARM_ID = Set.of(Envelope.SWARM_ID);

    private final String prefix;

    private Prefix(String prefix) {
        this.prefix = prefix;
    }

    /**
     * The prefix, or none.
     *
     * @throws MalformedCommand if it would not do as an id itself
     */
    static Prefix of(Optional<String> prefix) {
        return new Prefix(prefix.map(text -> Require.id("prefix", text)).orElse(""));
    }

    /** For a source that knows nothing of the prefix: what it asks for has it in the log. */
    Known before(Known log) {
        return prefix.isEmpty() ? log : without(log);
    }

    private Known without(Known log) {
        return new Known() {

            @Override
            public boolean has(String eventId) {
                return log.has(id(eventId));
            }

            @Override
            public Optional<Event> event(String eventId) {
                return log.event(id(eventId)).map(this::without);
            }

            @Override
            public List<Event> last(String aggregateId, int most, String... types) {
                return log.last(id(aggregateId), most, types).stream()
                        .map(this::without)
                        .toList();
            }

            @Override
            public boolean mayHaveSwarm(String swarmId) {
                return log.mayHaveSwarm(id(swarmId));
            }

            private Event without(Event event) {
                return event.id().startsWith(prefix)
                        ? new Event(
                                event.id().substring(prefix.length()),
                                event.type(),
                                event.timestamp(),
                                event.payload(),
                                event.metadata())
                        : event;
            }
        };
    }

    /** The id with the prefix; {@code null} stays. */
    String id(String id) {
        return id == null ? null : prefix.concat(id);
    }

    String source(String source) {
        return Envelope.DEFAULT_SOURCE.equals(source) ? source : id(source);
    }

    /** The payload with its ids prefixed. It must be JSON. */
    String payload(String type, String json) {
        return EventTypes.recordOf(type).isPresent() ? insert(json, IDS, LISTS_OF_IDS) : json;
    }

    /** The metadata with its swarm's id prefixed. It must be a JSON object; {@code null} stays. */
    String metadata(String json) {
        return json == null ? null : insert(json, SWARM_ID, Set.of());
    }

    private String insert(String json, Set<String> names, Set<String> namesOfLists) {
        if (prefix.isEmpty()) {
            return json;
        }
        List<Integer> places = placesOf(json, names, namesOfLists);
        StringBuilder result = new StringBuilder(json.length() + places.size() * prefix.length());
        int copied = 0;
        for (int place : places) {
            result.append(json, copied, place).append(prefix);
            copied = place;
        }
        return result.append(json, copied, json.length()).toString();
    }

    /** Behind the opening quotes of the texts that the object has under {@code names}, and in its lists of texts. */
    private static List<Integer> placesOf(String json, Set<String> names, Set<String> namesOfLists) {
        List<Integer> places = new ArrayList<>();
        try (JsonParser parser = Json.mapper().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return places;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING && names.contains(name) && !isPerson(name, parser.getString())) {
                    places.add(behindTheQuote(parser));
                } else if (value == JsonToken.START_ARRAY && namesOfLists.contains(name)) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        if (parser.currentToken() == JsonToken.VALUE_STRING) {
                            places.add(behindTheQuote(parser));
                        }
                        parser.skipChildren();
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
        return places;
    }

    private static boolean isPerson(String name, String value) {
        return TO.equals(name) && USER.equals(value);
    }

    private static int behindTheQuote(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getCharOffset()) + 1;
    }
}
