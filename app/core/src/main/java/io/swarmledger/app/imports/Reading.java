package io.swarmledger.app.imports;

import io.swarmledger.app.recorder.Content;
import io.swarmledger.app.recorder.Known;
import java.time.Clock;
import java.time.Instant;

/**
 * What a {@link Format} may ask while it reads.
 *
 * @param known what the log says already
 * @param content how much of what agents read, write and say is to be kept
 * @param clock tells whether something that was to end has ended
 * @param changedSince what nobody has written to since then was told before, and may be left out
 */
public record Reading(Known known, Content content, Clock clock, Instant changedSince) {

    /** For a first look: the log says nothing. */
    static Reading ofNothingElse() {
        return new Reading(Known.NOTHING, Content.NONE, Clock.systemUTC(), Instant.EPOCH);
    }
}
