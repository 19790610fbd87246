package io.swarmledger.app.command;

import io.swarmledger.app.log.AppendedRows;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Answers each command of the ledger with the {@link Appended} that it led to. A handler cannot: it returns before its
 * event has a position. So the answer is what the storage engine noted in the command's unit of work, taken out when
 * that unit of work has ended.
 */
public final class AppendingCommandBus implements CommandBus {

    private final CommandBus delegate;

    public AppendingCommandBus(CommandBus delegate) {
        this.delegate = delegate;
        delegate.registerHandlerInterceptor(AppendingCommandBus::handle);
    }

    private static Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        Object result = chain.proceed();
        return unitOfWork.getMessage().getPayload() instanceof LedgerCommand ? AppendedRows.in(unitOfWork) : result;
    }

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        delegate.dispatch(command);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        delegate.<C, Object>dispatch(
                command,
                (handled, result) -> callback.onResult(handled, (CommandResultMessage<? extends R>) answer(result)));
    }

    private static CommandResultMessage<?> answer(CommandResultMessage<?> result) {
        if (result.isExceptional() || !(result.getPayload() instanceof AppendedRows rows)) {
            return result;
        }
        List<Appended> appended = rows.all();
        return new GenericCommandResultMessage<>(
                appended.isEmpty() ? null : appended.get(appended.size() - 1), result.getMetaData());
    }

    @Override
    public Registration subscribe(String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        return delegate.subscribe(commandName, handler);
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        return delegate.registerHandlerInterceptor(interceptor);
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        return delegate.registerDispatchInterceptor(interceptor);
    }
}
