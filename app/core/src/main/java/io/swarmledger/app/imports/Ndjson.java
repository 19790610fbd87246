package io.swarmledger.app.imports;

import io.swarmledger.events.EventTypes;

/**
 * What a line of an NDJSON export may say beside an event as it is shown everywhere, where that alone would not give the
 * same row of the log again.
 */
public final class Ndjson {

    /** The payload's text, given where white space around it or line ends in it would be lost in a line. */
    public static final String PAYLOAD_AS_STORED = "payloadAsStored";

    /** The metadata's text, given where white space around it or line ends in it would be lost in a line. */
    public static final String METADATA_AS_STORED = "metadataAsStored";

    /** The revision of the payload, given where it is not the {@linkplain #usualRevision usual one}. */
    public static final String PAYLOAD_REVISION = "payloadRevision";

    /** The shape of the known types' payloads in claude-flow. It stays that, whatever shapes the ledger adds. */
    private static final String REVISION_OF_KNOWN_TYPES = "1";

    private Ndjson() {}

    /**
     * JSON text in one line, without the white space around it. Only between its values can it have line ends; inside
     * texts they are escaped.
     */
    public static String inOneLine(String json) {
        return json.replace('\n', ' ').replace('\r', ' ').trim();
    }

    /** The revision of a payload that does not say which it has; {@code null} for a type that is not known. */
    public static String usualRevision(String type) {
        return EventTypes.recordOf(type).isPresent() ? REVISION_OF_KNOWN_TYPES : null;
    }
}
