package io.swarmledger.app.recorder.claudeflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Receipts of claude-flow's policy, one for each call of one of its tools that somebody asked for. A receipt is written
 * before the call: that it was made is inferred where it was allowed, and one that was not allowed failed for that reason.
 * Who asked is an agent, which comes into being with its first call. Of what went in the receipt has a digest.
 */
final class PolicyReceipts {

    private static final String DIGEST = "sha256:";
    private static final String ALLOWED = "allowed";

    private final Telling telling;
    private final Set<String> seen = new HashSet<>();

    PolicyReceipts(Telling telling) {
        this.telling = telling;
    }

    void read(Path file) throws IOException {
        double fileTime = Telling.timeOf(file);
        Records.each(file, "receipts", telling.report(), (key, receipt) -> {
            Entry payload = receipt.json().path("payload").isObject()
                    ? new Entry(receipt.json().path("payload"))
                    : receipt;
            Entry request = new Entry(payload.json().path("request"));
            Entry action = new Entry(request.json().path("action"));
            String tool = action.text("tool", "resource");
            String id = payload.text("receiptId");
            if (tool == null || id == null && payload.json().path("sequence").isMissingNode()) {
                telling.report().passOver("receipt of " + action.text("type"));
                return;
            }
            tell(id == null ? payload.json().path("sequence").asString() : id, tool, payload, request, fileTime);
        });
    }

    private void tell(String id, String tool, Entry receipt, Entry request, double fileTime) {
        Entry identity = new Entry(request.json().path("identity"));
        String agent = identity.text("id") == null ? Story.SCOPE : identity.text("id");
        Story story = telling.story(agent, fileTime);
        Double at = receipt.time("issuedAt") == null ? Double.valueOf(fileTime) : receipt.time("issuedAt");
        if (seen.add(agent) && telling.known().last(agent, 1, "agent:spawned").isEmpty()) {
            ObjectNode spawned = Story.object().put("agentId", agent).put("role", identity.text("type"));
            spawned.putArray("capabilities");
            story.infer(agent, "agent:spawned", agent, Story.SWARM, at, null, spawned);
        }
        String callId = request.text("requestId");
        ObjectNode call = Story.object()
                .put("agentId", agent)
                .put("callId", callId == null ? id : callId)
                .put("tool", tool);
        String digest = new Entry(request.json().path("context").path("metadata")).text("inputDigest");
        if (digest != null) {
            call.put("inputDigest", digest.startsWith(DIGEST) ? digest.substring(DIGEST.length()) : digest);
        }
        Entry decision = new Entry(receipt.json().path("decision"));
        String outcome = decision.text("enforcedOutcome", "outcome");
        if (outcome != null && !outcome.equals(ALLOWED)) {
            String reason = decision.text("reason");
            call.put("error", telling.shown().error(reason == null ? outcome : outcome + ": " + reason));
        }
        story.infer(id, "agent:tool-called", agent, agent, at, "calledAt", call);
    }
}
