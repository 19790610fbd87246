package io.swarmledger.query.suspect;

import io.swarmledger.events.Json;
import io.swarmledger.query.log.LogInMemory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A failed conversation of the data set Who&When, as events of a ledger. Whoever speaks is an agent that is given the one task
 * when it first does; what it says is a message to whoever speaks next. Code that a terminal ran is a call of a tool by
 * whoever wrote it, with an error if it ended with another code than 0. At the end the task fails: that the answer is wrong
 * was found by nobody in it.
 *
 * @param agents all that speak, in the order in which they first do
 * @param speakers one an entry
 * @param entryOf of which entry each event is, by its position
 * @param blamed the agent that people found to have made the mistake that counts
 * @param step the entry in which it did
 */
record Conversation(
        LogInMemory log,
        Set<String> agents,
        List<String> speakers,
        Map<Long, Integer> entryOf,
        String blamed,
        int step) {

    static final String TASK = "answer";

    private static final Pattern EXIT = Pattern.compile("exit ?code: (-?\\d+)");
    private static final Pattern TERMINAL = Pattern.compile("computer_?terminal", Pattern.CASE_INSENSITIVE);
    private static final String PERSON = "human";
    private static final int SHOWN = 200;

    /** Reads it. */
    static Conversation of(JsonNode json) {
        List<JsonNode> entries =
                StreamSupport.stream(json.get("history").spliterator(), false).toList();
        List<String> speakers = entries.stream().map(Conversation::speaker).toList();
        Set<String> agents = new LinkedHashSet<>(speakers);
        agents.remove(PERSON);
        Conversation told = new Conversation(
                new LogInMemory(),
                agents,
                speakers,
                new HashMap<>(),
                json.get("mistake_agent").asString(),
                Integer.parseInt(json.get("mistake_step").asString()));
        told.happened(TASK, "task:created", "title", json.get("question").asString());
        Set<String> begun = new LinkedHashSet<>();
        IntStream.range(0, entries.size())
                .filter(i -> !speakers.get(i).equals(PERSON))
                .forEach(i -> told.tell(entries, i, begun));
        told.happened(TASK, "task:failed", "error", "The answer is wrong");
        return told;
    }

    /** Some files name the speaker, others have it in the role, with what it does in brackets. */
    private static String speaker(JsonNode entry) {
        return entry.hasNonNull("name")
                ? entry.get("name").asString()
                : entry.get("role").asString().replaceAll(" \\(.*", "");
    }

    private void tell(List<JsonNode> entries, int i, Set<String> begun) {
        String content = entries.get(i).path("content").asString("");
        String speaker = speakers.get(i);
        Matcher exit = EXIT.matcher(content);
        if (i > 0 && TERMINAL.matcher(speaker).matches() && exit.find()) {
            String code = entries.get(i - 1).path("content").asString("");
            boolean isFailed = !exit.group(1).equals("0");
            entryOf.put(
                    happened(
                            speakers.get(i - 1),
                            "agent:tool-called",
                            "tool",
                            "terminal",
                            "inputDigest",
                            digest(code),
                            "outputDigest",
                            digest(content),
                            "error",
                            isFailed ? cut(content) : null),
                    i - 1);
            return;
        }
        if (begun.add(speaker)) {
            happened(speaker, "agent:spawned", "role", speaker);
            happened(speaker, "agent:task-assigned", "taskId", TASK);
        }
        entryOf.put(
                happened(
                        speaker,
                        "agent:message-sent",
                        "to",
                        i + 1 < speakers.size() && !speakers.get(i + 1).equals(PERSON) ? speakers.get(i + 1) : "user",
                        "digest",
                        digest(content),
                        "text",
                        cut(content)),
                i);
    }

    private long happened(String id, String type, String... payload) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < payload.length; i += 2) {
            if (payload[i + 1] != null) {
                fields.put(payload[i], payload[i + 1]);
            }
        }
        return log.happened(id, type, Json.mapper().writeValueAsString(fields)).position();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(SHOWN, text.length()));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private Suspects suspects() {
        return new SuspectQueries(log)
                .handle(new FindSuspects(TASK, null, FindSuspects.MAX_LIMIT))
                .orElseThrow();
    }

    /** The agents that are suspected, the worst first. */
    List<String> suspected() {
        return suspects().agents().stream().map(Suspects.Suspect::agentId).toList();
    }

    /** The entries that are suspected, the worst first, each once. */
    List<Integer> suspectedSteps() {
        return suspects().steps().stream()
                .map(step -> entryOf.get(step.step().position()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
