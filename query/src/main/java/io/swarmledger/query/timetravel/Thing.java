package io.swarmledger.query.timetravel;

import io.swarmledger.query.view.ReadModel;

/**
 * An agent, task, memory or swarm, or a thing of an application's own read model.
 *
 * @param number what the index calls it by
 */
record Thing<S>(long number, ReadModel<S> model, String id) {}
