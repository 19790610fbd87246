package io.swarmledger.query.failure;

import java.util.regex.Pattern;

/**
 * What messages have in common that differ only in what is different each time. Patterns are such that hostile text costs
 * no more than its length, and of a long one only the beginning counts.
 */
final class AlikeMessage {

    /** So much of a message is looked at. */
    static final int MOST = 2_000;

    /** So much of it is shown. */
    static final int SHOWN = 300;

    private static final Pattern UUID =
            Pattern.compile("\\b\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}\\b");

    private static final Pattern QUOTED = Pattern.compile(
            "\"[^\"\\n]{1,500}+\"|`[^`\\n]{1,500}+`|(?<![\\p{L}\\p{N}])'[^'\\n]{1,500}+'(?![\\p{L}\\p{N}])");

    private static final Pattern TIME =
            Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?(Z|[+-]\\d{2}:?\\d{2})?");

    private static final Pattern PATH = Pattern.compile(
            "(?<![\\p{L}\\p{N}_./\\\\-])(?:[A-Za-z]:\\\\|\\.{0,2}/)(?:[\\p{L}\\p{N}_.@~+-]{1,200}+[/\\\\]){1,50}+");

    private static final Pattern HEX = Pattern.compile(
            "\\b0[xX]\\p{XDigit}{1,64}+\\b|\\b(?=\\p{XDigit}{0,63}\\d)(?=\\p{XDigit}{0,63}[A-Fa-f])\\p{XDigit}{7,64}+\\b");

    private static final Pattern NUMBER = Pattern.compile("\\d++(?:[.,]\\d++)*+");

    private static final Pattern BLANKS = Pattern.compile("\\s++");

    private AlikeMessage() {}

    /** The same for alike messages; of {@code null} it says that there is none. */
    static String of(String message) {
        if (message == null || message.isBlank()) {
            return "(no message)";
        }
        String alike = cut(message, MOST);
        alike = TIME.matcher(alike).replaceAll("<time>");
        alike = UUID.matcher(alike).replaceAll("<id>");
        alike = QUOTED.matcher(alike).replaceAll("<text>");
        alike = PATH.matcher(alike).replaceAll("<path>/");
        alike = HEX.matcher(alike).replaceAll("<hex>");
        alike = NUMBER.matcher(alike).replaceAll("<n>");
        return cut(BLANKS.matcher(alike).replaceAll(" ").strip(), SHOWN);
    }

    /** The beginning, no character cut in two. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
