package io.swarmledger.query.search;

/**
 * Languages that are written without spaces. SQLite's tokenizer takes all letters up to the next space for one word: a
 * space of no width between theirs makes each a word, and a word of several a phrase.
 */
final class Ideographs {

    private static final char NO_WIDTH = '\u200B';

    private Ideographs() {}

    /** The same text, with such spaces. */
    static String apart(CharSequence text) {
        StringBuilder apart = null;
        int at = 0;
        while (at < text.length()) {
            int letter = Character.codePointAt(text, at);
            int next = at + Character.charCount(letter);
            if (isWithoutSpaces(letter)) {
                apart = apart == null ? new StringBuilder(text.length() * 2).append(text, 0, at) : apart;
                apart.append(NO_WIDTH).append(text, at, next).append(NO_WIDTH);
            } else if (apart != null) {
                apart.append(text, at, next);
            }
            at = next;
        }
        return apart == null ? text.toString() : apart.toString();
    }

    /** The text without such spaces. */
    static String together(String text) {
        return text.indexOf(NO_WIDTH) < 0 ? text : text.replace(String.valueOf(NO_WIDTH), "");
    }

    private static boolean isWithoutSpaces(int letter) {
        // Everything before these is written with spaces, and most of what is ever looked at is Latin.
        if (letter < 0x0E00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
