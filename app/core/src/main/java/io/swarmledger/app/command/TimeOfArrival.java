package io.swarmledger.app.command;

import io.swarmledger.events.Envelope;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;

/** Time enters with the command: one whose caller says nothing of it happened when it arrived. */
public final class TimeOfArrival implements MessageDispatchInterceptor<CommandMessage<?>> {

    private final Clock clock;

    public TimeOfArrival(Clock clock) {
        this.clock = clock;
    }

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        return (index, command) -> command.getMetaData().containsKey(Envelope.TIMESTAMP)
                ? command
                : command.andMetaData(Map.of(Envelope.TIMESTAMP, (double) clock.millis()));
    }
}
