package io.swarmledger.app.http.page;

import java.util.Map;

/**
 * What a status looks like: never by its colour alone.
 *
 * @param tone what the colour says: good, busy, warn, bad or quiet
 * @param shape circle, ring, play, square, frame, triangle, diamond or bar
 */
record Look(String tone, String shape, String word) {

    private static final Map<String, String> LOOKS = Map.ofEntries(
            Map.entry("ok", "good circle"),
            Map.entry("done", "good circle"),
            Map.entry("completed", "good circle"),
            Map.entry("verified", "good circle"),
            Map.entry("recovered", "good circle"),
            Map.entry("live", "good circle"),
            Map.entry("up", "good circle"),
            Map.entry("active", "busy play"),
            Map.entry("in-progress", "busy play"),
            Map.entry("running", "busy play"),
            Map.entry("degraded", "warn triangle"),
            Map.entry("blocked", "warn square"),
            Map.entry("silent", "warn frame"),
            Map.entry("stuck", "warn frame"),
            Map.entry("raised", "bad triangle"),
            Map.entry("new", "bad diamond"),
            Map.entry("recurring", "bad diamond"),
            Map.entry("failing", "bad diamond"),
            Map.entry("failed", "bad diamond"),
            Map.entry("error", "bad diamond"),
            Map.entry("damaged", "bad diamond"),
            Map.entry("down", "bad diamond"),
            Map.entry("stopped", "quiet bar"),
            Map.entry("terminated", "quiet bar"),
            Map.entry("ended", "quiet bar"),
            Map.entry("cancelled", "quiet bar"),
            Map.entry("deleted", "quiet bar"),
            Map.entry("expired", "quiet bar"));

    private static final String OTHER = "quiet ring";

    static Look of(String word) {
        String[] look = LOOKS.getOrDefault(word, OTHER).split(" ");
        return new Look(look[0], look[1], word);
    }

    /** Of an event: its failures and blocks stand out, the rest is told apart by what it is about. */
    static Look ofType(String type) {
        if (isFailure(type)) {
            return new Look("bad", "diamond", type);
        }
        if (type.endsWith(":blocked")) {
            return new Look("warn", "square", type);
        }
        String about = type.indexOf(':') < 0 ? "" : type.substring(0, type.indexOf(':'));
        return switch (about) {
            case "agent" -> new Look("agent", "circle", type);
            case "task" -> new Look("task", "play", type);
            case "memory" -> new Look("memory", "frame", type);
            case "swarm" -> new Look("swarm", "triangle", type);
            default -> new Look("quiet", "ring", type);
        };
    }

    static boolean isFailure(String type) {
        return type.endsWith(":failed") || type.equals("swarm:error");
    }
}
