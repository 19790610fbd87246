package io.swarmledger.query.view;

import javax.sql.DataSource;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/**
 * Answers questions from a view whose subscription queries are told of what changes in it.
 *
 * @param <S> the states of that view
 */
public interface Subscribable<S> {

    /** The read model whose view it answers from. */
    ReadModel<S> model();

    /** Tells the subscribers, through {@code emitter}, of what was committed. */
    Projection.Changes updates(QueryUpdateEmitter emitter);

    /** The projection that keeps the view and tells of it. */
    default Projection<S> projection(DataSource views, QueryUpdateEmitter emitter) {
        return Projection.live(model(), views, updates(emitter));
    }
}
