package io.swarmledger.app.log;

import java.util.List;
import java.util.Optional;

/**
 * Writes the log. Whatever keeps it: positions have no gaps, and what was acknowledged is on disk and a link of the chain.
 * All of it throws {@link LogFault} if the log cannot be written.
 */
public interface Appender {

    /**
     * Appends rows, all of them or none, and waits until they are on disk.
     *
     * @return the position of each row, in order
     * @throws Conflict if a version or an event id is taken
     */
    long[] append(List<EventRow> rows);

    /** Something to do in a transaction. */
    @FunctionalInterface
    interface Work<T> {

        T in(LogTransaction log) throws Exception;
    }

    /**
     * Appends as many rows as there are, in constant memory, in a transaction with nothing else under way, and waits until
     * it is on disk. If it throws, nothing of it happened. Whoever keeps aggregates is told before it returns.
     */
    <T> T transact(Work<T> work) throws Exception;

    /** Has {@code listener} run after every {@link #transact} that succeeded. */
    void afterBulk(Runnable listener);

    /** How many appends wait to be taken. */
    int waiting();

    /** Why nothing is written, if acknowledged events are missing and nobody has accepted that, or until a new start. */
    Optional<String> obstacle();

    /** Has {@code watcher}, and nobody else, told of what is written from now on. */
    void observe(LogObserver watcher);
}
