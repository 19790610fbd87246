package io.swarmledger.query.incident;

/** What became of a failure. The order is that of what is worse. */
enum Outcome {
    /** Nothing is held up by it any more, and it was not mended either. */
    ENDED("ended"),
    /** What had failed was done in the end. */
    RECOVERED("recovered"),
    /** It is as it was left. */
    FAILED("failed");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    Outcome or(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
