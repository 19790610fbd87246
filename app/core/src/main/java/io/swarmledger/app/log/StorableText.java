package io.swarmledger.app.log;

import org.axonframework.serialization.SerializationException;

/** Text that comes back from the log as it went in. */
public final class StorableText {

    private StorableText() {}

    /**
     * How many bytes of UTF-8 a text takes; none if it is {@code null}.
     *
     * @throws SerializationException naming {@code field}, if the text has half a surrogate pair: the driver would store
     *     '?' for it, and two different texts would become one
     */
    public static long bytes(String field, String text) {
        long bytes = 0;
        int length = text == null ? 0 : text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new SerializationException(
                        "The " + field + " has half a surrogate pair at " + i + ": it is not well-formed text");
            }
        }
        return bytes;
    }
}
