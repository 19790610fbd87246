package io.swarmledger.app.imports;

/** What a file says of an event, and what a claude-flow database and an NDJSON export call it. */
public enum Column {
    ID("id", "id", false),
    TYPE("type", "type", false),
    AGGREGATE_ID("aggregate_id", "aggregateId", false),
    AGGREGATE_TYPE("aggregate_type", "aggregateType", false),
    VERSION("version", "version", false),
    TIMESTAMP("timestamp", "timestamp", false),
    SOURCE("source", "source", false),
    PAYLOAD("payload", "payload", false),
    METADATA("metadata", "metadata", true),
    CAUSATION_ID("causation_id", "causationId", true),
    CORRELATION_ID("correlation_id", "correlationId", true),
    SWARM_ID(null, "swarmId", true);

    private final String inDatabase;
    private final String inJson;
    private final boolean optional;

    Column(String inDatabase, String inJson, boolean optional) {
        this.inDatabase = inDatabase;
        this.inJson = inJson;
        this.optional = optional;
    }

    /** Its name in the database's table; {@code null} if that has no such column. */
    public String inDatabase() {
        return inDatabase;
    }

    /** Its name in a line of an export. */
    public String inJson() {
        return inJson;
    }

    /** Whether an event may have nothing there. */
    public boolean isOptional() {
        return optional;
    }
}
