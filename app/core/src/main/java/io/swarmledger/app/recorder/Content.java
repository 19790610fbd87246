package io.swarmledger.app.recorder;

import java.util.Locale;

/** How much of what agents read, write and say is recorded. Whatever it is, sizes and digests always are. */
public enum Content {
    /** Neither titles nor errors: that there was one. */
    NONE,
    /** Of a call its title, of an error its beginning, of a task its subject. */
    TITLES,
    /** All of it. */
    FULL;

    /** As a command line and an event's metadata say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Content of(String word) {
        for (Content content : values()) {
            if (content.word().equals(word)) {
                return content;
            }
        }
        throw new IllegalArgumentException("content: is " + word + "; it can be none, titles or full");
    }
}
