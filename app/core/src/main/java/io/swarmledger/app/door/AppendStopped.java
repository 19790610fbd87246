package io.swarmledger.app.door;

import io.swarmledger.commands.Appended;
import java.util.ArrayList;
import java.util.List;

/** One event of a request is refused, which ends it; what came before it is in the log and stays. */
public final class AppendStopped extends RuntimeException {

    private final transient RuntimeException refusal;
    private final long index;
    private final Integer line;
    private final transient List<Appended> appended;

    /**
     * A request that has ended early.
     *
     * @param index of the event, from 0
     * @param line in which it begins, from 1; {@code null} where events are not told apart by lines
     * @param appended what the events before it were answered, as far as their sender was not told yet
     */
    public AppendStopped(RuntimeException refusal, long index, Integer line, List<Appended> appended) {
        super("Event " + index + ": " + refusal.getMessage(), refusal);
        this.refusal = refusal;
        this.index = index;
        this.line = line;
        this.appended = List.copyOf(appended);
    }

    public RuntimeException refusal() {
        return refusal;
    }

    /** The same; {@code before} was answered first. */
    public AppendStopped after(List<Appended> before) {
        List<Appended> all = new ArrayList<>(before);
        all.addAll(appended);
        return new AppendStopped(refusal, index, line, all);
    }

    /** The same; the sender was told what the events before it were answered. */
    public AppendStopped told() {
        return new AppendStopped(refusal, index, line, List.of());
    }

    public List<Appended> appended() {
        return appended;
    }

    /** Which of the events it was, from 0. */
    long index() {
        return index;
    }

    /** The line in which it begins, from 1; {@code null} where events are not told apart by lines. */
    Integer line() {
        return line;
    }
}
