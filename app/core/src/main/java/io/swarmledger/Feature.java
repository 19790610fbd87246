package io.swarmledger;

import io.swarmledger.commands.AggregateType;
import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.query.view.ReadModel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Something that a ledger knows of beside agents, tasks, memories and swarms: the events of one more kind of aggregate, and
 * read models of these events or of any others. One bean in a Spring application; without Spring it is said when the ledger
 * is opened.
 *
 * @param aggregate {@code null} if it has read models alone
 */
public record Feature(AggregateType aggregate, List<ReadModel<?>> readModels) {

    /**
     * What is declared.
     *
     * @throws DeclarationRefused if a read model is {@code null}, as a static field is that is read before it is set
     */
    public Feature {
        if (readModels == null || readModels.stream().anyMatch(Objects::isNull)) {
            throw new DeclarationRefused("A feature"
                    + (aggregate == null ? "" : " with the aggregate " + aggregate.type())
                    + " is declared with a read model that is null: name one that is there by then");
        }
        readModels = List.copyOf(readModels);
    }

    /** One more kind of aggregate, and what is told of its events. */
    public static Feature of(AggregateType aggregate, ReadModel<?>... readModels) {
        if (aggregate == null) {
            throw new DeclarationRefused(
                    "A feature is declared with an aggregate that is null: name one that is there by then");
        }
        return new Feature(aggregate, Arrays.asList(readModels));
    }

    /** What else is told of events that there are. */
    public static Feature of(ReadModel<?>... readModels) {
        return new Feature(null, Arrays.asList(readModels));
    }
}
