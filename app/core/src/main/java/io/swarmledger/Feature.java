package io.swarmledger;

import io.swarmledger.commands.AggregateType;
import io.swarmledger.query.view.ReadModel;
import java.util.List;

/**
 * Something that a ledger knows of beside agents, tasks, memories and swarms: the events of one more kind of aggregate, and
 * read models of these events or of any others. One bean in a Spring application; without Spring it is said when the ledger
 * is opened.
 *
 * @param aggregate {@code null} if it has read models alone
 */
public record Feature(AggregateType aggregate, List<ReadModel<?>> readModels) {

    public Feature {
        readModels = List.copyOf(readModels);
    }

    /** One more kind of aggregate, and what is told of its events. */
    public static Feature of(AggregateType aggregate, ReadModel<?>... readModels) {
        return new Feature(aggregate, List.of(readModels));
    }

    /** What else is told of events that there are. */
    public static Feature of(ReadModel<?>... readModels) {
        return new Feature(null, List.of(readModels));
    }
}
