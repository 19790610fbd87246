package io.swarmledger.app.recorder;

import io.swarmledger.events.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes into payloads what a {@link Content} setting allows, without secrets. Sizes, in bytes, and digests, SHA-256 in
 * hexadecimal digits, are those of what was there before anything was taken out: of a text as UTF-8, of another JSON value
 * as the ledger writes it.
 */
public final class ShownContent {

    /** Characters. */
    public static final int LONGEST_TITLE = 200;

    /** Characters. */
    public static final int LONGEST_ERROR = 2_000;

    /** Characters: an event has a megabyte at most, in which each of them may take three bytes. */
    static final int LONGEST_TEXT = 100_000;

    /** A secret that begins within what is shown is seen whole, or to an end that nobody sees. */
    private static final int BEYOND = 4_096;

    private static final String FAILED = "failed";
    private static final String CUT = "... [cut]";

    private final Content content;

    public ShownContent(Content content) {
        this.content = content;
    }

    public Content content() {
        return content;
    }

    /** A title, in one line; {@code null} if there is none or none is shown. */
    public String title(String title) {
        if (title == null || content == Content.NONE) {
            return null;
        }
        String line = shortened(title.strip(), LONGEST_TITLE).replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.isEmpty() ? null : line;
    }

    /** An error; never {@code null}, since that there was one is no secret. */
    public String error(String error) {
        if (error == null || error.isBlank() || content == Content.NONE) {
            return FAILED;
        }
        return content == Content.FULL ? wholeText(error.strip()) : shortened(error.strip(), LONGEST_ERROR);
    }

    /** A text that only {@link Content#FULL} shows; empty otherwise. */
    public String text(String text) {
        return text == null || content != Content.FULL ? "" : wholeText(text);
    }

    /** Puts {@code <name>Size} and {@code <name>Digest} of a value, and the value itself where all is shown. */
    public void put(ObjectNode payload, String name, JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return;
        }
        measure(payload, name + "Size", name + "Digest", plain(value));
        if (content == Content.FULL) {
            payload.set(name, whole(value));
        }
    }

    /** Puts {@code size} and {@code digest} of a message, and its {@code text} where all is shown. */
    public void putMessage(ObjectNode payload, String text) {
        measure(payload, "size", "digest", text);
        if (content == Content.FULL) {
            payload.put("text", wholeText(text));
        }
    }

    /** Any JSON without secrets; of what is too long for an event its beginning, as a text that says so. */
    private static JsonNode whole(JsonNode value) {
        if (value.isString()) {
            return new StringNode(wholeText(value.stringValue()));
        }
        JsonNode redacted = Secrets.redact(value);
        String written = plain(redacted);
        return written.length() > LONGEST_TEXT ? new StringNode(wholeText(written)) : redacted;
    }

    private static String wholeText(String text) {
        String shown = shortened(text, LONGEST_TEXT);
        return text.length() > LONGEST_TEXT ? shown + CUT : shown;
    }

    private static String plain(JsonNode value) {
        return value.isString() ? value.stringValue() : Json.mapper().writeValueAsString(value);
    }

    private static void measure(ObjectNode payload, String size, String digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        payload.put(size, bytes.length);
        payload.put(digest, digest(bytes));
    }

    /** The SHA-256 of bytes, in hexadecimal digits. */
    public static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** Without secrets and at most so long; no half of a pair of surrogates is left. */
    public static String shortened(String text, int longest) {
        String seen = text.length() > longest + BEYOND ? text.substring(0, longest + BEYOND) : text;
        String redacted = wellFormed(Secrets.redact(seen));
        if (redacted.length() <= longest) {
            return redacted;
        }
        boolean isHalf = Character.isHighSurrogate(redacted.charAt(longest - 1));
        return redacted.substring(0, isHalf ? longest - 1 : longest);
    }

    /** A half of a pair of surrogates, which no file can hold, becomes what stands for a character that is none. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && !isPairAt(text, i++)) {
                return text.codePoints()
                        .map(point ->
                                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '\uFFFD' : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    private static boolean isPairAt(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }
}
