package io.swarmledger.query.run;

import io.swarmledger.events.Json;
import io.swarmledger.events.WrittenNumber;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What tells whether results, or what went into calls, say the same: numbers in whatever digits, names in whatever order, and
 * the ids of the task and its agent whatever they are.
 *
 * @param exact the same for those that say the same
 * @param blanked the same also where they differ in those ids alone
 */
record ResultDigest(String exact, String blanked) {

    private static final int BYTES = 16;
    private static final String BLANK = "\0";

    /**
     * Of any JSON; {@code null} where nothing is told.
     *
     * @param ids that another run has others for; {@code null} where one is not known
     */
    static ResultDigest of(Object result, String... ids) {
        if (result == null) {
            return null;
        }
        String exact = digest(result, UnaryOperator.identity());
        return new ResultDigest(exact, digest(result, text -> blanked(text, ids)));
    }

    /** Of what somebody else made one of; {@code null} where nobody did. */
    static ResultDigest given(String digest) {
        return digest == null ? null : new ResultDigest(digest, digest);
    }

    /** Whether both say the same; nothing says the same as nothing. */
    static boolean same(ResultDigest one, ResultDigest other) {
        return one == null || other == null
                ? one == other
                : one.exact.equals(other.exact) || one.blanked.equals(other.blanked);
    }

    private static String digest(Object result, UnaryOperator<String> said) {
        StringBuilder text = new StringBuilder();
        write(result, said, text);
        byte[] digest = sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    }

    private static String blanked(String text, String... ids) {
        String left = text;
        for (String id : ids) {
            left = id == null || id.isEmpty() ? left : left.replace(id, BLANK);
        }
        return left;
    }

    /** As people read it: a text as it is, anything else as JSON. */
    static String text(Object result) {
        return result == null || result instanceof String
                ? (String) result
                : Json.mapper().writeValueAsString(result);
    }

    private static void write(Object value, UnaryOperator<String> said, StringBuilder text) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, one) -> sorted.put(name.toString(), one));
            text.append('{');
            sorted.forEach((name, one) -> {
                quoted(said.apply(name), text);
                write(one, said, text);
            });
            text.append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            list.forEach(one -> write(one, said, text));
            text.append(']');
        } else if (value instanceof Number number) {
            text.append('#').append(number(number)).append(';');
        } else if (value instanceof String one) {
            quoted(said.apply(one), text);
        } else {
            text.append(value).append(';');
        }
    }

    /** With its length before it, no text runs into another. */
    private static void quoted(String said, StringBuilder text) {
        text.append('"').append(said.length()).append(':').append(said);
    }

    private static String number(Number number) {
        return new WrittenNumber(number.toString())
                .exact()
                .map(BigDecimal::stripTrailingZeros)
                .map(exact -> exact.unscaledValue() + "e" + -(long) exact.scale())
                .orElseGet(number::toString);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
