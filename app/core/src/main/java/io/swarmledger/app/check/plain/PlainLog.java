package io.swarmledger.app.check.plain;

import java.util.Collection;
import java.util.stream.Stream;

/** The log, told one aggregate after the other. */
public interface PlainLog {

    /**
     * The events of some types, by the bytes of their aggregates' ids and, within each, by version.
     *
     * @param upTo the last position that is read
     * @return read as it is taken from; to be closed
     */
    Stream<PlainEvent> byAggregate(Collection<String> types, long upTo);

    /** How many events of these types there are. */
    long count(Collection<String> types);
}
