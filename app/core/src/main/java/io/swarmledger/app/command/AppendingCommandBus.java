package io.swarmledger.app.command;

import io.swarmledger.app.log.AppendedRows;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.NewStreams;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.CommandRefused;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.events.Envelope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.Registration;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the ledger's commands on {@link CommandThreads} and answers each with the {@link Appended} that it led to, or led
 * to when it came first ({@link FirstAnswers}). A handler cannot: it returns before its event has a position. So the
 * answer is what the storage engine noted in the command's unit of work, taken out when that unit of work has ended.
 */
public final class AppendingCommandBus extends SimpleCommandBus {

    private static final Logger LOG = LoggerFactory.getLogger(AppendingCommandBus.class);
    private static final String TOGETHER = AppendingCommandBus.class.getName() + ".together";
    /** Marks a command that was refused on a stream presumed to be new: now the log tells what is there. */
    private static final String DECIDED_AGAIN = Envelope.OWN + "decidedAgain";

    private final CommandThreads threads;
    /** The names of the commands that somebody has handled since this is there. */
    private final Set<String> handled = ConcurrentHashMap.newKeySet();

    private final FirstAnswers firstAnswers;
    private final ThreadLocal<Boolean> callerWaits = ThreadLocal.withInitial(() -> false);
    private final ThreadLocal<Decision> decision = ThreadLocal.withInitial(Decision::new);

    /** A command as it is decided: what it came to, and the unit of work that it came to it in. */
    private static final class Decision {

        private UnitOfWork<?> unitOfWork;
        private CommandResultMessage<?> outcome;

        /** Whether its event is on disk, although whoever was told of it may have failed. */
        boolean isAppended() {
            return unitOfWork != null && !AppendedRows.in(unitOfWork).all().isEmpty();
        }

        boolean isConflict() {
            return outcome.isExceptional() && outcome.exceptionResult() instanceof ConcurrencyException;
        }

        /** A fault of the log says nothing about what is there, and is not met a second time. */
        boolean mayBeThereAfterAll() {
            return outcome.isExceptional() && !isAppended() && !(outcome.exceptionResult() instanceof LogFault);
        }
    }

    /** A bus with what {@code builder} says. */
    public AppendingCommandBus(Builder builder, CommandThreads threads, FirstAnswers firstAnswers) {
        super(builder);
        this.threads = threads;
        this.firstAnswers = firstAnswers;
        registerHandlerInterceptor(this::noteRows);
    }

    private Object noteRows(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        CommandMessage<?> message = unitOfWork.getMessage();
        if (!(message.getPayload() instanceof LedgerCommand command)) {
            return chain.proceed();
        }
        decision.get().unitOfWork = unitOfWork;
        if (command.creates() && !message.getMetaData().containsKey(DECIDED_AGAIN)) {
            NewStreams.presume(unitOfWork, command.aggregateId());
        }
        chain.proceed();
        return AppendedRows.in(unitOfWork);
    }

    /** Does something that dispatches a command and waits for its outcome: this thread may run it. */
    <T> T whileWaiting(Supplier<T> dispatch) {
        callerWaits.set(true);
        try {
            return dispatch.get();
        } finally {
            callerWaits.set(false);
        }
    }

    /**
     * Has commands decided one after the other in one unit of work, whose events are one append: what they share is the
     * wait for the disk. It ends at the first that is refused; what came before that stays.
     *
     * @return what the first of them are answered, all of it on disk. The command behind those was refused, or the append
     *     failed and nothing of it is there: sent alone, each is told its own outcome
     */
    List<Appended> together(List<? extends CommandMessage<?>> commands) {
        if (CurrentUnitOfWork.isStarted()) {
            return List.of();
        }
        SortedSet<String> aggregateIds = new TreeSet<>();
        commands.forEach(command -> aggregateIds.add(((LedgerCommand) command.getPayload()).aggregateId()));
        List<Appended> answers = new ArrayList<>();
        try {
            threads.executeHere(aggregateIds, () -> {
                answers.addAll(inOneAppend(commands));
                return () -> {};
            });
        } catch (RuntimeException refused) {
            LOG.debug("{} commands are sent one at a time: {}", commands.size(), refused.toString());
        }
        return answers;
    }

    private List<Appended> inOneAppend(List<? extends CommandMessage<?>> commands) {
        try {
            return inOneUnitOfWork(commands);
        } catch (ConcurrencyException notNew) {
            return inOneUnitOfWork(
                    commands.stream().map(AppendingCommandBus::again).toList());
        }
    }

    private List<Appended> inOneUnitOfWork(List<? extends CommandMessage<?>> commands) {
        FirstAnswers.Known known = firstAnswers.toAny(
                commands.stream().map(CommandMessage::getMetaData).toList());
        UnitOfWork<?> root = DefaultUnitOfWork.startAndGet(commands.get(0));
        root.resources().put(TOGETHER, commands);
        try {
            List<Optional<Appended>> decided = decide(commands, known);
            root.commit();
            Iterator<Appended> appended = AppendedRows.in(root).all().iterator();
            return decided.stream()
                    .map(first -> first.orElseGet(appended::next))
                    .toList();
        } finally {
            if (root.isActive()) {
                root.rollback();
            }
        }
    }

    /** For each up to the first that is refused: what it was answered before, or nothing, if its event is new. */
    private List<Optional<Appended>> decide(List<? extends CommandMessage<?>> commands, FirstAnswers.Known known) {
        List<Optional<Appended>> decided = new ArrayList<>(commands.size());
        try {
            for (CommandMessage<?> command : commands) {
                Optional<Appended> first = known.to((LedgerCommand) command.getPayload(), command.getMetaData());
                if (first.isEmpty() && !isAccepted(command)) {
                    break;
                }
                decided.add(first);
            }
        } catch (EventIdTaken | CommandRefused refused) {
            LOG.debug("Command {} of {} is refused: {}", decided.size() + 1, commands.size(), refused.getMessage());
        }
        return decided;
    }

    private boolean isAccepted(CommandMessage<?> command) {
        AtomicBoolean accepted = new AtomicBoolean();
        dispatch(command, (handled, result) -> accepted.set(!result.isExceptional()));
        return accepted.get();
    }

    @Override
    public Registration subscribe(String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        handled.add(commandName);
        return super.subscribe(commandName, handler);
    }

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
                                ? GenericCommandResultMessage.asCommandResultMessage(withoutHandler(command))
                                : result));
    }

    /** While the ledger is open each that it knows has a handler: one that finds none comes too late, or too early. */
    private RuntimeException withoutHandler(CommandMessage<?> command) {
        if (handled.isEmpty() || handled.contains(command.getCommandName())) {
            return new LogFault(LogFault.Kind.CLOSED, "The ledger is not open: nothing was written");
        }
        LedgerCommand asked = (LedgerCommand) command.getPayload();
        return new NoHandlerForCommandException(
                "No aggregate handles " + command.getCommandName() + ", for "
                        + asked.aggregateType() + " " + asked.aggregateId()
                        + ": give its aggregate a method with @Decides for it, and declare that by a Feature; nothing was written");
    }

    @Override
    protected <C, R> void handle(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        // Who handles a message may wait for the answer in whatever way: as on Axon's own bus, it runs on that thread.
        boolean here = callerWaits.get() || CurrentUnitOfWork.isStarted();
        callerWaits.set(false);
        if (isTogether()) {
            super.handle(command, handler, callback);
            return;
        }
        if (!(command.getPayload() instanceof LedgerCommand ledgerCommand)) {
            handleOwn(command, handler, callback);
            return;
        }
        Supplier<Runnable> work = () -> {
            CommandResultMessage<R> outcome = outcome(command, ledgerCommand, handler);
            return () -> callback.onResult(command, outcome);
        };
        try {
            if (here) {
                threads.executeHere(ledgerCommand.aggregateId(), work);
            } else {
                threads.execute(ledgerCommand.aggregateId(), work);
            }
        } catch (LogFault refused) {
            callback.onResult(command, GenericCommandResultMessage.asCommandResultMessage(refused));
        }
    }

    /** A command that the application handles itself. Within a unit of work that is committed nothing can be published. */
    private <C, R> void handleOwn(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        if (CurrentUnitOfWork.isStarted()
                && CurrentUnitOfWork.get().root().phase().isAfter(UnitOfWork.Phase.PREPARE_COMMIT)) {
            try (UnitsOfWorkAside aside = UnitsOfWorkAside.put()) {
                super.handle(command, handler, callback);
            }
        } else {
            super.handle(command, handler, callback);
        }
    }

    private static boolean isTogether() {
        if (!CurrentUnitOfWork.isStarted()) {
            return false;
        }
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        // What its events lead to is sent when it commits.
        return root.phase() == UnitOfWork.Phase.STARTED && root.resources().containsKey(TOGETHER);
    }

    @SuppressWarnings("unchecked")
    private <C, R> CommandResultMessage<R> outcome(
            CommandMessage<C> message, LedgerCommand command, MessageHandler<? super CommandMessage<?>> handler) {
        // Nested in another unit of work its event would be appended only when that one ends, and have no position yet.
        try (UnitsOfWorkAside aside = UnitsOfWorkAside.put()) {
            Optional<Appended> first = firstAnswers.to(command, message.getMetaData());
            if (first.isPresent()) {
                return (CommandResultMessage<R>) new GenericCommandResultMessage<>(first.get());
            }
            Decision decided = decide(message, handler);
            if (command.creates() && decided.mayBeThereAfterAll()) {
                decided = decide(again(message), handler);
            }
            if (decided.isConflict() && !decided.isAppended() && aside.isAny()) {
                decided = decideOnceMore(message, handler);
            }
            CommandResultMessage<?> outcome = decided.outcome;
            if (outcome.isExceptional() && !decided.isAppended()) {
                // The same command, or another with its id, may have been appended in between on another aggregate.
                first = firstAnswers.to(command, message.getMetaData());
            }
            return (CommandResultMessage<R>) first.<CommandResultMessage<?>>map(GenericCommandResultMessage::new)
                    .orElse(outcome);
        } catch (RuntimeException | Error refused) {
            // An error too: whoever does not wait on this thread would wait for ever.
            return (CommandResultMessage<R>) GenericCommandResultMessage.asCommandResultMessage(refused);
        }
    }

    /** The gateway would try again on another thread, behind the command that this one was sent in. */
    private Decision decideOnceMore(CommandMessage<?> message, MessageHandler<? super CommandMessage<?>> handler) {
        Decision decided = decide(again(message), handler);
        if (decided.isConflict()) {
            decided.outcome = GenericCommandResultMessage.asCommandResultMessage(
                    new LogFault(LogFault.Kind.OVERLOADED, "The log overtook the command twice: nothing was written"));
        }
        return decided;
    }

    private static CommandMessage<?> again(CommandMessage<?> command) {
        return command.andMetaData(Map.of(DECIDED_AGAIN, true));
    }

    private Decision decide(CommandMessage<?> message, MessageHandler<? super CommandMessage<?>> handler) {
        Decision outer = decision.get();
        Decision decided = new Decision();
        decision.set(decided);
        try {
            super.handle(message, handler, (handled, result) -> decided.outcome = answer(result));
        } finally {
            decision.set(outer);
        }
        return decided;
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
