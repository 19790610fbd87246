package io.swarmledger.app.recorder.claudecode;

import java.util.ArrayList;
import java.util.List;

/** What a {@link Session} knows of one of its agents. */
final class Agent {

    final String id;
    boolean spawned;
    int starts;
    /** The prompt in whose turn the last start was, or {@code null}. */
    String startedBy;

    boolean stopped;
    /** Whether nobody saw it stop. */
    boolean stopInferred;
    /** When, epoch milliseconds; {@code null} if that is not known. */
    Double stoppedAt;
    /** Who started it; {@code null} if that is not known. */
    String parent;
    /** Tasks that it was assigned and did not complete, the latest last. */
    final List<String> openTasks = new ArrayList<>();

    Agent(String id) {
        this.id = id;
    }

    boolean isRunning() {
        return starts > 0 && !stopped;
    }

    /** The task that it works on; {@code null} if there is none. */
    String task() {
        return openTasks.isEmpty() ? null : openTasks.get(openTasks.size() - 1);
    }

    void assign(String task) {
        openTasks.remove(task);
        openTasks.add(task);
    }
}
