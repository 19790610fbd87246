package io.swarmledger.app.imports;

import io.swarmledger.app.recorder.Facts;
import io.swarmledger.app.recorder.ReadReport;

/**
 * Facts, which have no versions: each becomes the next event of its stream, unless the log has one of its id. What cannot be
 * read is told, and the rest gets in.
 */
public final class FactSource implements Source {

    private final Facts facts;

    public FactSource(Facts facts) {
        this.facts = facts;
    }

    Facts facts() {
        return facts;
    }

    ReadReport report() {
        return facts.report();
    }

    @Override
    public long done() {
        return facts.report().records();
    }

    /** Nobody knows before the end. */
    @Override
    public long total() {
        return done();
    }

    @Override
    public void close() {
        facts.close();
    }
}
