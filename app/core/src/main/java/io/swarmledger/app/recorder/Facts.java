package io.swarmledger.app.recorder;

import java.util.Optional;

/** Facts of a folder or a file, one after the other in the order in which they are to be recorded, few held at a time. */
public interface Facts extends AutoCloseable {

    /** The next of them; empty at the end. What cannot be read is told in the {@link #report} and passed over. */
    Optional<Fact> next();

    /** What came of the reading so far. */
    ReadReport report();

    @Override
    void close();
}
