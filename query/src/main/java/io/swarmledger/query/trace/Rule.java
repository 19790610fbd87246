package io.swarmledger.query.trace;

/** Why an event that names no cause is linked to another. */
enum Rule {
    /** What an agent was given to do, or did, follows from the assignment. */
    ASSIGNMENT("assignment"),
    /** A task waits for another, or goes on because another was completed. */
    DEPENDENCY("dependency"),
    /** What is read, deleted or expires was stored before. */
    MEMORY_READ_AFTER_WRITE("memory read after write"),
    /** What an agent does follows from its being there. */
    SAME_AGENT("same agent"),
    /** What happens to a task follows from what happened to it before. */
    SAME_TASK("same task");

    private final String label;

    Rule(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
