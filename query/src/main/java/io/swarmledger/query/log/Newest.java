package io.swarmledger.query.log;

import java.util.List;

/** The log for those who follow it. */
@FunctionalInterface
public interface Newest {

    /** Some of the log behind a position, in order, for one who follows it; nothing if there is no more. */
    List<LogRow> behind(long position, Object follower);
}
