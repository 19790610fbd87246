package io.swarmledger.app.http.security;

import io.swarmledger.events.Envelope;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.springframework.security.core.context.SecurityContextHolder;

/** Notes with each command under which token it came, on the thread of its request. */
final class RecordedBy implements MessageDispatchInterceptor<CommandMessage<?>> {

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        return (index, command) -> SecurityContextHolder.getContext().getAuthentication() instanceof Caller caller
                        && caller.tokenName() != null
                ? command.andMetaData(Map.of(Envelope.RECORDED_BY, caller.tokenName()))
                : command;
    }
}
