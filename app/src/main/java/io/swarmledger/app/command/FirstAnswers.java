package io.swarmledger.app.command;

import io.swarmledger.app.log.LogFault;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.Json;
import io.swarmledger.events.OpaqueEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A command that comes again is answered as it was at first. It is known by its caller's own id for the event; what the
 * caller says of type, aggregate and payload must be what the log has. What the caller left out, and the aggregate filled
 * in, does not count.
 */
public final class FirstAnswers {

    private static final String SELECT = "SELECT aggregateIdentifier, sequenceNumber + 1, globalIndex, payloadType,"
            + " payload FROM DomainEventEntry WHERE eventIdentifier = ?";

    /** Answers 0 for nodes that are equal, as {@link JsonNode#equals(Comparator, JsonNode)} asks for. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private final DataSource readers;
    private final Serializer serializer;

    public FirstAnswers(DataSource readers, Serializer serializer) {
        this.readers = readers;
        this.serializer = serializer;
    }

    /**
     * What the command was answered when it came first; empty if its caller gave no id, or one that the log does not have.
     *
     * @param metaData of the command's message
     * @throws EventIdTaken if the log has another event of that id
     * @throws io.swarmledger.commands.MalformedCommand if the id is no id
     */
    Optional<Appended> to(LedgerCommand command, Map<String, ?> metaData) {
        if (!(metaData.get(Envelope.EVENT_ID) instanceof String eventId)) {
            return Optional.empty();
        }
        Require.id("id", eventId);
        try (Connection connection = readers.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, eventId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Appended first = new Appended(eventId, row.getString(1), row.getLong(2), row.getLong(3));
                requireSame(command, first, row.getString(4), row.getString(5));
                return Optional.of(first);
            }
        } catch (SQLException failure) {
            throw LogFault.of("the log", failure);
        }
    }

    private void requireSame(LedgerCommand command, Appended first, String storedType, String storedPayload) {
        if (!first.aggregateId().equals(command.aggregateId())) {
            throw new EventIdTaken(first, "it belongs to " + first.aggregateId());
        }
        if (!storedType.equals(command.eventType())) {
            throw new EventIdTaken(first, "it is " + storedType);
        }
        try {
            JsonNode stored = Json.mapper().readTree(storedPayload);
            JsonNode sent = Json.mapper()
                    .readTree(
                            serializer.serialize(command.event(), String.class).getData());
            if (command.event() instanceof OpaqueEvent) {
                // No aggregate adds to what it does not understand.
                requireEqual(sent, stored, first, "the payload");
                return;
            }
            sent.forEachEntry((field, value) -> requireEqual(value, stored.path(field), first, field));
        } catch (JacksonException noJson) {
            throw new EventIdTaken(first, "its payload is no JSON");
        }
    }

    private static void requireEqual(JsonNode sent, JsonNode stored, Appended first, String what) {
        if (!sent.equals(BY_VALUE, stored)) {
            throw new EventIdTaken(first, what + " is another there");
        }
    }
}
