package io.swarmledger.app.command;

import io.swarmledger.app.log.AppendedRows;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Runs the ledger's commands on {@link CommandThreads} and answers each with the {@link Appended} that it led to, or led
 * to when it came first ({@link FirstAnswers}). A handler cannot: it returns before its event has a position. So the
 * answer is what the storage engine noted in the command's unit of work, taken out when that unit of work has ended.
 */
public final class AppendingCommandBus extends SimpleCommandBus {

    private final CommandThreads threads;
    private final FirstAnswers firstAnswers;
    private final ThreadLocal<Boolean> callerWaits = ThreadLocal.withInitial(() -> false);

    /** A bus with what {@code builder} says. */
    public AppendingCommandBus(Builder builder, CommandThreads threads, FirstAnswers firstAnswers) {
        super(builder);
        this.threads = threads;
        this.firstAnswers = firstAnswers;
        registerHandlerInterceptor(AppendingCommandBus::noteRows);
    }

    private static Object noteRows(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        Object result = chain.proceed();
        return unitOfWork.getMessage().getPayload() instanceof LedgerCommand ? AppendedRows.in(unitOfWork) : result;
    }

    /** Does something that dispatches a command and waits for its outcome: this thread may run it. */
    <T> T whileWaiting(Supplier<T> dispatch) {
        // Inside a unit of work the command's own would be nested, and its event appended only when the outer one ends.
        if (CurrentUnitOfWork.isStarted()) {
            return dispatch.get();
        }
        callerWaits.set(true);
        try {
            return dispatch.get();
        } finally {
            callerWaits.set(false);
        }
    }

    /** While the ledger is open each of its commands has a handler: one that finds none comes too late, or too early. */
    @Override
    protected <C, R> void doDispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        if (!(command.getPayload() instanceof LedgerCommand)) {
            super.doDispatch(command, callback);
            return;
        }
        super.<C, R>doDispatch(
                command,
                (message, result) -> callback.onResult(
                        message,
                        result.isExceptional() && result.exceptionResult() instanceof NoHandlerForCommandException
                                ? GenericCommandResultMessage.asCommandResultMessage(new LogFault(
                                        LogFault.Kind.CLOSED, "The ledger is not open: nothing was written"))
                                : result));
    }

    @Override
    protected <C, R> void handle(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        if (!(command.getPayload() instanceof LedgerCommand ledgerCommand)) {
            super.handle(command, handler, callback);
            return;
        }
        Supplier<Runnable> work = () -> {
            CommandResultMessage<R> outcome = outcome(command, ledgerCommand, handler);
            return () -> callback.onResult(command, outcome);
        };
        try {
            if (callerWaits.get()) {
                callerWaits.set(false);
                threads.executeHere(ledgerCommand.aggregateId(), work);
            } else {
                threads.execute(ledgerCommand.aggregateId(), work);
            }
        } catch (LogFault refused) {
            callback.onResult(command, GenericCommandResultMessage.asCommandResultMessage(refused));
        }
    }

    @SuppressWarnings("unchecked")
    private <C, R> CommandResultMessage<R> outcome(
            CommandMessage<C> message, LedgerCommand command, MessageHandler<? super CommandMessage<?>> handler) {
        try {
            Optional<Appended> first = firstAnswers.to(command, message.getMetaData());
            if (first.isPresent()) {
                return (CommandResultMessage<R>) new GenericCommandResultMessage<>(first.get());
            }
            AtomicReference<CommandResultMessage<?>> outcome = new AtomicReference<>();
            super.handle(message, handler, (handled, result) -> outcome.set(answer(result)));
            if (outcome.get().isExceptional()) {
                // The same command, or another with its id, may have been appended in between on another aggregate.
                first = firstAnswers.to(command, message.getMetaData());
            }
            return (CommandResultMessage<R>) first.<CommandResultMessage<?>>map(GenericCommandResultMessage::new)
                    .orElse(outcome.get());
        } catch (RuntimeException refused) {
            return (CommandResultMessage<R>) GenericCommandResultMessage.asCommandResultMessage(refused);
        }
    }

    private static CommandResultMessage<?> answer(CommandResultMessage<?> result) {
        if (result.isExceptional() || !(result.getPayload() instanceof AppendedRows rows)) {
            return result;
        }
        List<Appended> appended = rows.all();
        return new GenericCommandResultMessage<>(
                appended.isEmpty() ? null : appended.get(appended.size() - 1), result.getMetaData());
    }
}
