package io.swarmledger.app.bench;

import io.swarmledger.events.Json;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;

/** One record out of several of the same shape: the median of each number, and of everything else the first. */
final class Medians {

    private Medians() {}

    static <T> T of(List<T> rounds, Class<T> type) {
        List<JsonNode> trees = rounds.stream()
                .map(round -> Json.mapper().<JsonNode>valueToTree(round))
                .toList();
        return Json.mapper().treeToValue(median(trees), type);
    }

    private static JsonNode median(List<JsonNode> nodes) {
        JsonNode first = nodes.get(0);
        if (first.isNumber()) {
            double[] sorted =
                    nodes.stream().mapToDouble(JsonNode::doubleValue).sorted().toArray();
            int upper = sorted.length / 2;
            return DoubleNode.valueOf(sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2);
        }
        if (first.isObject()) {
            ObjectNode result = Json.mapper().createObjectNode();
            first.propertyNames()
                    .forEach(name -> result.set(
                            name,
                            median(nodes.stream().map(node -> node.get(name)).toList())));
            return result;
        }
        if (first.isArray()) {
            ArrayNode result = Json.mapper().createArrayNode();
            IntStream.range(0, first.size())
                    .forEach(i -> result.add(
                            median(nodes.stream().map(node -> node.get(i)).toList())));
            return result;
        }
        return first;
    }
}
