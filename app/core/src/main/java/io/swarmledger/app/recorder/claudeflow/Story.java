package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.recorder.Content;
import io.swarmledger.app.recorder.Fact;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one record of a state file tells, in order. A time that nobody noted is that of the file, and never earlier than what
 * it follows.
 */
final class Story {

    /** What the ids of claude-flow's things are unique in, as far as anybody knows. */
    static final String SCOPE = "claude-flow";

    static final String SWARM = "swarm";

    private final InTimeOrder facts;
    private final Content content;
    private final String swarmId;
    private final double fileTime;
    private double last = Double.NEGATIVE_INFINITY;

    /**
     * A story that nothing is told of yet.
     *
     * @param swarmId {@code null} if nobody knows in which swarm it happens
     * @param fileTime when the file was written, epoch milliseconds
     */
    Story(InTimeOrder facts, Content content, String swarmId, double fileTime) {
        this.facts = facts;
        this.content = content;
        this.swarmId = swarmId;
        this.fileTime = fileTime;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** When something happened of which nobody noted the time. */
    double inferredTime() {
        return Math.max(fileTime, last);
    }

    /** What happens from here on happens after that. */
    void notBefore(Double time) {
        if (time != null) {
            last = Math.max(last, time);
        }
    }

    /** Something that the record says happened then. */
    void tell(String key, String type, String of, String source, double time, String timeField, ObjectNode payload) {
        tell(key, type, of, source, time, timeField, payload, false);
    }

    /** Something that must have happened, at a time that may be inferred too. */
    void infer(String key, String type, String of, String source, Double time, String timeField, ObjectNode payload) {
        tell(key, type, of, source, time == null ? inferredTime() : time, timeField, payload, true);
    }

    /** Something of which the ledger only knows the name, that happened to a thing of that type. */
    void keep(
            String key, String type, String aggregateType, String of, String source, double time, ObjectNode payload) {
        add(key, type, aggregateType, of, source, time, payload, false);
    }

    private void tell(
            String key,
            String type,
            String of,
            String source,
            double time,
            String timeField,
            ObjectNode payload,
            boolean inferred) {
        if (timeField != null) {
            payload.put(timeField, time);
        }
        add(key, type, type.substring(0, type.indexOf(':')), of, source, time, payload, inferred);
    }

    private void add(
            String key,
            String type,
            String aggregateType,
            String of,
            String source,
            double time,
            ObjectNode payload,
            boolean inferred) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (swarmId != null) {
            metadata.put("swarmId", swarmId);
        }
        metadata.put(Fact.CONTENT, content.word());
        if (inferred) {
            metadata.put(Fact.INFERRED, true);
        }
        notBefore(time);
        facts.add(
                new Fact(Fact.id(SCOPE, type, key), type, aggregateType, of, time, source, payload, metadata, null),
                last);
    }
}
