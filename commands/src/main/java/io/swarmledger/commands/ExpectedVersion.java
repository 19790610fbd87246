package io.swarmledger.commands;

import io.swarmledger.events.Envelope;
import java.util.Map;
import java.util.Optional;
import org.axonframework.messaging.Message;

/**
 * The version that an aggregate must be at for a command to be decided: that of its last event, 0 if it has none. It
 * travels in the metadata of the command's message, beside the {@link Envelope}, and ends there: an event has no use for
 * it. It is looked at in the aggregate's turn, so that nothing comes between the look and the append.
 */
public final class ExpectedVersion {

    /** The name of the entry, a whole number. */
    public static final String KEY = Envelope.OWN + "expectedVersion";

    private ExpectedVersion() {}

    /** The metadata that asks for it; none for {@code null}. */
    public static Map<String, Object> toMetaData(Long version) {
        return version == null ? Map.of() : Map.of(KEY, version);
    }

    static Optional<Long> in(Message<?> command) {
        return command.getMetaData().get(KEY) instanceof Number version
                ? Optional.of(version.longValue())
                : Optional.empty();
    }
}
