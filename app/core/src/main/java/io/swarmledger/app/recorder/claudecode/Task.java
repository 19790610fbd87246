package io.swarmledger.app.recorder.claudecode;

/** What a {@link Session} knows of one of its tasks. */
final class Task {

    final String id;
    boolean created;
    /** Nobody told of its creation, nor what it is called. */
    boolean createdInferred;

    int starts;
    boolean startInferred;
    /** When it was started last, epoch milliseconds; {@code null} if that is not known. */
    Double startedAt;

    boolean completed;
    boolean cancelled;
    /** Who does it, or did; {@code null} if that is not known. */
    String agent;

    Task(String id) {
        this.id = id;
    }

    boolean isRunning() {
        return starts > 0 && !completed && !cancelled;
    }
}
