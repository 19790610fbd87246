package io.swarmledger.app.recorder;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes what looks like a key, a token or a password out of texts before they are stored. In its place stands what kind it
 * was, such as {@code [redacted: github-token]}. Rather a word too many is taken out than a key too few.
 */
public final class Secrets {

    private static final String PRIVATE_KEY = "private-key";
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int LONGEST_LABEL = 60;

    /** Names under which a JSON value is a secret, whatever it looks like. */
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)(?:.{0,40}[._-])?(?:[a-z0-9]{0,24}(?:password|passwd|passphrase|secret|apikey)"
                    + "|pass|pwd|(?:[a-z0-9]{0,24})token|(?:[a-z0-9]{0,24})(?:api|access|account|private|auth|encryption|signing)"
                    + "[_-]?key|authorization|credentials?|cookie|set-cookie)");

    private Secrets() {}

    /** The text without them; {@code null} stays {@code null}. */
    public static String redact(String text) {
        if (text == null || text.isEmpty()) {
            return text;
        }
        String redacted = withoutPrivateKeys(text);
        boolean isNaming = SecretKind.NAMING.matcher(text).find();
        for (SecretKind kind : SecretKind.ALL) {
            if (isNaming || !kind.isNamed()) {
                redacted = kind.redactIn(redacted);
            }
        }
        return redacted;
    }

    /** The same for every text in a JSON value, and for what stands under names such as {@code password}. */
    public static JsonNode redact(JsonNode value) {
        if (value.isString()) {
            return JsonNodeFactory.instance.stringNode(redact(value.stringValue()));
        }
        if (value.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> items.add(redact(item)));
            return items;
        }
        if (value.isObject()) {
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            value.properties()
                    .forEach(field -> fields.set(redact(field.getKey()), redact(field.getKey(), field.getValue())));
            return fields;
        }
        return value;
    }

    private static JsonNode redact(String name, JsonNode value) {
        JsonNode redacted = redact(value);
        boolean isPlain = redacted.isString()
                && redacted.equals(value)
                && !value.stringValue().isEmpty();
        return isPlain && SECRET_NAME.matcher(name).matches()
                ? JsonNodeFactory.instance.stringNode(SecretKind.marker("assigned-secret"))
                : redacted;
    }

    /** A key that is cut goes on to the end of the text. */
    private static String withoutPrivateKeys(String text) {
        int begin = text.indexOf(BEGIN);
        if (begin < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int done = 0;
        while (begin >= 0) {
            int label = text.indexOf(DASHES, begin + BEGIN.length());
            if (label < 0
                    || label - begin > LONGEST_LABEL
                    || !text.substring(begin, label).contains("PRIVATE KEY")) {
                begin = text.indexOf(BEGIN, begin + BEGIN.length());
                continue;
            }
            kept.append(text, done, begin).append(SecretKind.marker(PRIVATE_KEY));
            int end = text.indexOf(END, label);
            int close = end < 0 ? -1 : text.indexOf(DASHES, end + END.length());
            done = close < 0 ? text.length() : close + DASHES.length();
            begin = text.indexOf(BEGIN, done);
        }
        return kept.append(text, done, text.length()).toString();
    }
}
