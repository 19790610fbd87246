package io.swarmledger.app.log;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Streams that a command under way is to begin. They are taken for empty and not read: if the log has one after all, its
 * unique index of versions refuses a second first event, and the command is decided again on what is there.
 */
public final class NewStreams {

    private static final String RESOURCE = NewStreams.class.getName();

    private NewStreams() {}

    /** The stream of {@code aggregateId} is taken for empty in that unit of work. */
    public static void presume(UnitOfWork<?> unitOfWork, String aggregateId) {
        unitOfWork.resources().put(RESOURCE, aggregateId);
    }

    /** Whether the stream of {@code aggregateId} is taken for empty in the current unit of work. */
    public static boolean has(String aggregateId) {
        return CurrentUnitOfWork.isStarted()
                && aggregateId.equals(CurrentUnitOfWork.get().getResource(RESOURCE));
    }
}
