package io.swarmledger.commands;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rule that an event breaks.
 *
 * @param rule the rule's name
 * @param detail what it objects to
 */
public record Violation(String rule, String detail) {

    Map<String, Object> toMetaData() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("rule", rule);
        entry.put("detail", detail);
        return entry;
    }
}
