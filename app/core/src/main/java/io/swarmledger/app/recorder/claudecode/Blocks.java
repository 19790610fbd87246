package io.swarmledger.app.recorder.claudecode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The content of a message: a text, or blocks of which some are texts. */
final class Blocks {

    private Blocks() {}

    /** Its texts, one after the other. */
    static String text(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content) {
            if (block.path("type").asString("").equals("text")) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append(block.path("text").asString(""));
            }
        }
        return text.toString();
    }

    /** The same as JSON. */
    static JsonNode asText(JsonNode content) {
        return new StringNode(text(content));
    }
}
