package io.swarmledger.commands;

import io.swarmledger.testing.Samples;
import java.util.List;
import java.util.stream.Stream;

/** What the command side has to try, whole. */
final class CommandSamples {

    private CommandSamples() {}

    /** The four. */
    static List<AggregateType> types() {
        return AggregateTypes.ofLedger().all();
    }

    /** One command for each of the known events. */
    static Stream<LedgerCommand> all() {
        return Samples.events().map(event -> Decide.of(Samples.idOf(event), event));
    }
}
