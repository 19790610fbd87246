package io.swarmledger.query.suspect;

/**
 * Why somebody, and a step of theirs, may have caused a failure. What is recorded weighs more than what is concluded, a
 * failure more than a habit; weights add up, each rule once. They are set by that argument and fitted to no data.
 */
public enum SuspectRule {
    /** Of all failures that this one follows from it came first, and nothing has made it good. */
    FIRST_FAILURE("first-failure", 8, "It is the first failure that this one follows from, and nothing made it good"),
    /** A memory was read that an agent had written that failed. */
    MEMORY_OF_FAILED("memory-of-failed", 5, "It wrote a memory that was read on the way here, and had failed itself"),
    /** A call failed, the same tool was not called with success afterwards, and the agent went on. */
    IGNORED_ERROR("ignored-error", 4, "A call failed, none of it succeeded afterwards, and the agent went on"),
    /** A task was begun before what it depends on was completed. */
    STARTED_EARLY("started-early", 4, "It was begun before what it depends on was completed"),
    /** Something was handed to an agent, and nothing came of it. */
    NO_RESULT("handoff-without-result", 3, "Something was handed over, and nothing came of it"),
    /** The same was done again and again, and nothing new came of it. */
    REPEATED("repeated-step", 3, "The same was done three times or more, and nothing new came of it"),
    /** A model had to stop before it was done. */
    CUT_SHORT("cut-short", 2, "The answer of a model was cut short"),
    /** At work on what failed, when it failed. */
    AT_WORK("at-work", 2, "It was at work on what failed"),
    /** Its work led to what failed. */
    TOOK_PART("took-part", 1, "Its work led to what failed");

    private final String label;
    private final int weight;
    private final String says;

    SuspectRule(String label, int weight, String says) {
        this.label = label;
        this.weight = weight;
        this.says = says;
    }

    public String label() {
        return label;
    }

    public int weight() {
        return weight;
    }

    /** What it says against somebody, in a sentence. */
    public String says() {
        return says;
    }
}
