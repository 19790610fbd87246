package io.swarmledger.app.view;

import io.swarmledger.query.view.Projection;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One view's part in a rebuild: most events of the log concern one of the views, and are handed to no other. */
final class RebuiltView {

    private static final Logger LOG = LoggerFactory.getLogger(RebuiltView.class);

    private final Projection<?> projection;
    private final EventHandlerInvoker invoker;
    private boolean hasLetters;

    /**
     * The part of a view.
     *
     * @param projection fills the generation of the rebuild
     * @param invoker hands events to it, and puts those aside that it cannot fold
     * @param hasLetters whether some were put aside already
     */
    RebuiltView(Projection<?> projection, EventHandlerInvoker invoker, boolean hasLetters) {
        this.projection = projection;
        this.invoker = invoker;
        this.hasLetters = hasLetters;
    }

    boolean concerns(EventMessage<?> event) {
        return projection.concerns(event);
    }

    void handle(LogBatches.Read read) throws Exception {
        if (!projection.concerns(read.message())) {
            return;
        }
        if (!hasLetters && read.readable() != null) {
            try {
                projection.fold(read.readable());
                return;
            } catch (RuntimeException unfoldable) {
                LOG.debug(
                        "Event {} fails again below, and becomes a letter",
                        read.message().getIdentifier());
            }
        }
        hasLetters = true;
        invoker.handle(read.message(), Segment.ROOT_SEGMENT);
    }
}
