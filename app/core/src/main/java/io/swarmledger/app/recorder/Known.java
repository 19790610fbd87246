package io.swarmledger.app.recorder;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a door may ask of the log, so that a start of the service loses nothing of what the one before had been told. */
public interface Known {

    /** A log without events. */
    Known NOTHING = new Known() {
        @Override
        public boolean has(String eventId) {
            return false;
        }

        @Override
        public Optional<Event> event(String eventId) {
            return Optional.empty();
        }

        @Override
        public List<Event> last(String aggregateId, int most, String... types) {
            return List.of();
        }
    };

    /** Whether the log has an event of that id. */
    boolean has(String eventId);

    /** Those of some ids of which the log has an event. */
    default Set<String> those(Collection<String> eventIds) {
        return eventIds.stream().filter(this::has).collect(Collectors.toSet());
    }

    /** The event of that id; empty if the log has none. */
    Optional<Event> event(String eventId);

    /**
     * The newest events of those types in a stream, the oldest of them first.
     *
     * @param most how many
     */
    List<Event> last(String aggregateId, int most, String... types);

    /** Whether the log may have events of that swarm. */
    default boolean mayHaveSwarm(String swarmId) {
        return true;
    }

    /** The same, for whoever asks for what is of that swarm alone: of a swarm that is new there is nothing to look for. */
    default Known ofSwarm(String swarmId) {
        return this;
    }

    /**
     * An event of the log.
     *
     * @param timestamp epoch milliseconds
     * @param payload {@code null} if it is no JSON
     */
    record Event(String id, String type, double timestamp, JsonNode payload, Map<String, Object> metadata) {}
}
