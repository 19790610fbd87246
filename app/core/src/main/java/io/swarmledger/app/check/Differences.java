package io.swarmledger.app.check;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What was found: the first ones, with values that are cut where they are long, and how many there are. */
final class Differences {

    static final int MOST = 1_000;

    /** Of a value, in characters. */
    private static final int SHOWN = 1_000;

    /** How much is shown of what long values have in common before they part. */
    private static final int BEFORE = 40;

    private final List<ViewDifference> first = new ArrayList<>();
    private long count;

    void add(String id, String field, JsonNode view, JsonNode log) {
        count++;
        if (first.size() < MOST) {
            int from = Math.max(0, parting(view, log) - BEFORE);
            first.add(new ViewDifference(id, field, shown(view, from), shown(log, from)));
        }
    }

    long count() {
        return count;
    }

    List<ViewDifference> first() {
        return List.copyOf(first);
    }

    private static int parting(JsonNode one, JsonNode other) {
        if (one == null || other == null) {
            return 0;
        }
        String left = one.toString();
        String right = other.toString();
        int at = 0;
        while (at < Math.min(left.length(), right.length()) && left.charAt(at) == right.charAt(at)) {
            at++;
        }
        return at;
    }

    private static JsonNode shown(JsonNode value, int from) {
        if (value == null || value.toString().length() <= SHOWN) {
            return value;
        }
        String text = value.toString();
        int start = Math.min(from, text.length());
        int end = Math.min(start + SHOWN, text.length());
        return StringNode.valueOf((start > 0 ? "… " : "") + text.substring(start, end)
                + (end < text.length() ? " …" : "") + " (characters " + (start + 1) + " to " + end + " of "
                + text.length() + ")");
    }
}
