package io.swarmledger.app.door;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.StoredTypes;
import java.util.List;
import java.util.stream.Collectors;
import org.axonframework.serialization.SerializedType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads payloads to the letter. History is read leniently; what is new is not guessed at, and nothing of it is lost. */
public final class Payloads {

    private static final String FIELD = "payload";

    private static final JsonMapper STRICT = Json.configure(JsonMapper.builder())
            .addMixIn(LedgerEvent.class, NothingUnknown.class)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(LogicalType.Textual, texts -> List.of(
                            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                    .forEach(shape -> texts.setCoercion(shape, CoercionAction.Fail)))
            .build();

    private final AggregateTypes aggregates;
    private final StoredTypes types;

    /**
     * Of a ledger with these aggregates.
     *
     * @param types what it stores
     */
    public Payloads(AggregateTypes aggregates, StoredTypes types) {
        this.aggregates = aggregates;
        this.types = types;
    }

    /** Whose commands ask for the events that are read. */
    AggregateTypes aggregates() {
        return aggregates;
    }

    @JsonIgnoreProperties(ignoreUnknown = false)
    private interface NothingUnknown {}

    /**
     * The event of that type with that payload; one of an unknown type is an {@link OpaqueEvent}.
     *
     * @param payload JSON as it was written
     * @throws MalformedCommand naming the field, if the payload has one that the type has not, or one of another JSON type
     */
    LedgerEvent read(String type, String payload) {
        Class<? extends LedgerEvent> record = types.eventOf(type).orElse(null);
        if (record == null) {
            if (types.classOf(type).isPresent()
                    || SerializedType.emptyType().getName().equals(type)) {
                throw new MalformedCommand("type", "is " + type + ", a name that the ledger keeps for itself");
            }
            return OpaqueEvent.unknown(type, null, payload);
        }
        if (!payload.startsWith("{")) {
            throw new MalformedCommand(FIELD, "is not a JSON object");
        }
        try {
            return STRICT.readValue(payload, record);
        } catch (UnrecognizedPropertyException unknown) {
            throw new MalformedCommand(
                    path(unknown),
                    "is no field of " + type + "; those are "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        } catch (InputCoercionException beyond) {
            throw MalformedCommand.outOfRange(path(beyond), "is a number beyond what " + type + " can have there");
        } catch (DatabindException mismatch) {
            throw new MalformedCommand(path(mismatch), "has another JSON type than " + type + " has there");
        } catch (JacksonException unreadable) {
            throw new MalformedCommand(FIELD, "cannot be read as " + type);
        }
    }

    private static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder(FIELD);
        failure.getPath().forEach(step -> {
            if (step.getPropertyName() != null) {
                path.append('.').append(step.getPropertyName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        });
        return path.toString();
    }
}
