package io.swarmledger.app.door;

import io.swarmledger.events.HalfSurrogates;
import io.swarmledger.events.WrittenNumber;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON from strangers. Its limits are stricter than those of whoever reads the stored text later, so that what is
 * accepted stays readable. A number that is not whole is a node of its {@link WrittenNumber}.
 */
final class JsonTrees {

    /** Events are told apart by their texts, and no event of the 23 is deeper than what a caller puts in. */
    private static final int DEEPEST = 100;

    private static final int MOST_NAMES = 10_000;
    private static final int LONGEST_NUMBER = 100;

    private static final String NEGATIVE_ZERO = "-0";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** For parsers whose values {@link #read} takes. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    // The array that the events are in is a level too.
                    .maxNestingDepth(DEEPEST + 1)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private final JsonParser parser;
    private int names;

    private JsonTrees(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The value at whose first token {@code parser} is.
     *
     * @throws MalformedBody if it has more names, or a number or text that nobody could read back
     * @throws tools.jackson.core.JacksonException if it is no JSON or beyond other limits
     */
    static JsonNode read(JsonParser parser) {
        return new JsonTrees(parser).value();
    }

    private JsonNode value() {
        switch (parser.currentToken()) {
            case START_OBJECT:
                return object();
            case START_ARRAY:
                return array();
            case VALUE_STRING:
                return NODES.stringNode(wellFormed(parser.getString()));
            case VALUE_NUMBER_INT:
                return whole();
            case VALUE_NUMBER_FLOAT:
                requireFinite(parser.getDoubleValue());
                return NODES.pojoNode(new WrittenNumber(parser.getString()));
            case VALUE_TRUE:
                return NODES.booleanNode(true);
            case VALUE_FALSE:
                return NODES.booleanNode(false);
            default:
                return NODES.nullNode();
        }
    }

    private ObjectNode object() {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = wellFormed(parser.currentName());
            if (++names > MOST_NAMES) {
                throw MalformedBody.at(parser, "An event has more than " + MOST_NAMES + " names");
            }
            if (object.has(name)) {
                throw MalformedBody.at(parser, "A name is there twice");
            }
            parser.nextToken();
            object.set(name, value());
        }
        return object;
    }

    private ArrayNode array() {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private JsonNode whole() {
        if (parser.getString().equals(NEGATIVE_ZERO)) {
            return NODES.pojoNode(new WrittenNumber(NEGATIVE_ZERO));
        }
        switch (parser.getNumberType()) {
            case INT:
                return NODES.numberNode(parser.getIntValue());
            case LONG:
                return NODES.numberNode(parser.getLongValue());
            default:
                requireFinite(parser.getBigIntegerValue().doubleValue());
                return NODES.numberNode(parser.getBigIntegerValue());
        }
    }

    /** Most programs that will read it hold numbers as doubles, and JSON has no word for infinity. */
    private void requireFinite(double number) {
        if (!Double.isFinite(number)) {
            throw MalformedBody.at(parser, "The number is too large to be one");
        }
    }

    /** The driver would store '?' for half a surrogate pair, and two different texts would become one. */
    private String wellFormed(String text) {
        if (HalfSurrogates.indexIn(text, 0) >= 0) {
            throw MalformedBody.at(parser, "A text has half a surrogate pair: it is not well-formed");
        }
        return text;
    }
}
