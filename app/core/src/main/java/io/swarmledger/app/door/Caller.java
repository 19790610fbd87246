package io.swarmledger.app.door;

import io.swarmledger.app.token.Role;
import io.swarmledger.events.Envelope;
import java.util.Map;

/**
 * Who asks, by whichever door.
 *
 * @param name of the token, {@code null} where none is demanded
 */
public record Caller(String name, Role role) {

    /** Where the service is open, whoever reaches it may do everything. */
    public static final Caller ANYBODY = new Caller(null, Role.operator);

    /** What a command says of it: under whose name its event is recorded. */
    public Map<String, Object> toMetaData() {
        return name == null ? Map.of() : Map.of(Envelope.RECORDED_BY, name);
    }
}
