package io.swarmledger.app.imports;

import io.swarmledger.app.recorder.Content;
import java.time.Instant;
import java.util.Optional;

/**
 * How something is to be imported.
 *
 * @param prefix put before every id of it, for a second run with the same ids; see {@link Prefix}
 * @param content how much of what agents read, write and say is kept, where it is not in the ledger's own format
 * @param changedSince what nobody has written to since then may be left out: it was imported before
 * @param recordedBy the name of the token of whoever wishes it, {@code null} for nobody's
 */
public record ImportWish(Optional<String> prefix, Content content, Instant changedSince, String recordedBy) {

    /** All of it, as its ids are, with the titles of what agents do. */
    public static final ImportWish USUAL = new ImportWish(Optional.empty(), Content.TITLES, Instant.EPOCH, null);

    /** The same with that before every id, if anything. */
    public ImportWish withPrefix(Optional<String> before) {
        return new ImportWish(before, content, changedSince, recordedBy);
    }

    /** The same with so much content. */
    public ImportWish with(Content much) {
        return new ImportWish(prefix, much, changedSince, recordedBy);
    }

    /** The same of what was written to since then. */
    public ImportWish since(Instant time) {
        return new ImportWish(prefix, content, time, recordedBy);
    }

    /** The same under that name. */
    public ImportWish by(String name) {
        return new ImportWish(prefix, content, changedSince, name);
    }
}
