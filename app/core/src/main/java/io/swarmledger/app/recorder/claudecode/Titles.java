package io.swarmledger.app.recorder.claudecode;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A tool call's title, as Claude Code prints it: what was read, run or asked for. */
final class Titles {

    private static final Map<String, List<String>> FIELDS = Map.ofEntries(
            Map.entry("Bash", List.of("description", "command")),
            Map.entry("BashOutput", List.of("bash_id")),
            Map.entry("KillShell", List.of("shell_id")),
            Map.entry("Read", List.of("file_path")),
            Map.entry("Write", List.of("file_path")),
            Map.entry("Edit", List.of("file_path")),
            Map.entry("MultiEdit", List.of("file_path")),
            Map.entry("NotebookEdit", List.of("notebook_path")),
            Map.entry("LS", List.of("path")),
            Map.entry("Agent", List.of("description", "subagent_type")),
            Map.entry("Task", List.of("description", "subagent_type")),
            Map.entry("Grep", List.of("pattern")),
            Map.entry("Glob", List.of("pattern")),
            Map.entry("WebFetch", List.of("url")),
            Map.entry("WebSearch", List.of("query")),
            Map.entry("ToolSearch", List.of("query")),
            Map.entry("TaskCreate", List.of("subject")),
            Map.entry("Skill", List.of("skill", "command")),
            Map.entry("SlashCommand", List.of("command")),
            Map.entry("SendMessage", List.of("summary", "to")));

    /** Where a tool is not known: what a person would call the call by, never its content. */
    private static final List<String> OF_OTHERS = List.of(
            "title",
            "name",
            "description",
            "summary",
            "subject",
            "file_path",
            "path",
            "uri",
            "url",
            "query",
            "pattern",
            "command",
            "key",
            "id");

    private Titles() {}

    /** The title of a call; {@code null} if nothing in its input could be one. */
    static String of(String tool, JsonNode input) {
        if (input == null || !input.isObject()) {
            return null;
        }
        if (tool.equals("TaskUpdate") && input.path("taskId").isValueNode()) {
            String status = text(input, "status");
            return "#" + input.path("taskId").asString() + (status == null ? "" : " " + status);
        }
        for (String field : FIELDS.getOrDefault(tool, OF_OTHERS)) {
            String text = text(input, field);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static String text(JsonNode input, String field) {
        JsonNode value = input.path(field);
        return value.isString() && !value.stringValue().isBlank() ? value.stringValue() : null;
    }
}
