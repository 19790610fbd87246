package io.swarmledger.app.cli;

import io.swarmledger.app.door.Moment;
import picocli.CommandLine.Option;

/** Of which time. */
final class TimeOptions {

    @Option(
            names = "--after",
            paramLabel = "TIME",
            description = "What reaches beyond that time: epoch milliseconds or ISO. Of events those that are later.")
    private Moment after;

    @Option(names = "--before", paramLabel = "TIME", description = "What began earlier than that.")
    private Moment before;

    /** Epoch milliseconds; {@code null} if nobody said. */
    Double after() {
        return Moment.millisOf(after);
    }

    /** Likewise. */
    Double before() {
        return Moment.millisOf(before);
    }
}
