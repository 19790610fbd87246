package io.swarmledger.app.command;

import java.util.ArrayDeque;
import java.util.Deque;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** The units of work that a thread is in, put aside until this is closed: what begins meanwhile is nested in none. */
final class UnitsOfWorkAside implements AutoCloseable {

    private final Deque<UnitOfWork<?>> outermostFirst = new ArrayDeque<>();

    private UnitsOfWorkAside() {}

    static UnitsOfWorkAside put() {
        UnitsOfWorkAside aside = new UnitsOfWorkAside();
        while (CurrentUnitOfWork.isStarted()) {
            UnitOfWork<?> current = CurrentUnitOfWork.get();
            CurrentUnitOfWork.clear(current);
            aside.outermostFirst.push(current);
        }
        return aside;
    }

    /** Whether there were any. */
    boolean isAny() {
        return !outermostFirst.isEmpty();
    }

    @Override
    public void close() {
        outermostFirst.forEach(CurrentUnitOfWork::set);
    }
}
