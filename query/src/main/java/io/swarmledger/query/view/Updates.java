package io.swarmledger.query.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells subscription queries of what has changed. What is told is read from the committed view, and only if somebody
 * listens.
 *
 * @param <V> what they are told
 */
public final class Updates<V> implements Projection.Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Updates.class);

    private final QueryUpdateEmitter emitter;
    private final Function<String, Optional<V>> reader;
    private final Map<Class<?>, BiPredicate<Object, V>> queries = new LinkedHashMap<>();

    /**
     * Updates through {@code emitter}.
     *
     * @param reader what to tell of an id
     */
    public Updates(QueryUpdateEmitter emitter, Function<String, Optional<V>> reader) {
        this.emitter = emitter;
        this.reader = reader;
    }

    /** The same, for subscribers of one more query; {@code concerned} tells which of them want to know. */
    public <Q> Updates<V> to(Class<Q> query, BiPredicate<Q, V> concerned) {
        queries.put(query, (asked, changed) -> concerned.test(query.cast(asked), changed));
        return this;
    }

    @Override
    public void committed(List<String> ids) {
        boolean listening = emitter.activeSubscriptions().stream()
                .anyMatch(subscription -> queries.containsKey(subscription.getPayloadType()));
        if (listening) {
            try {
                ids.stream().map(reader).flatMap(Optional::stream).forEach(this::tell);
            } catch (RuntimeException failure) {
                // What is committed stays so: the processor must not take it for a failure of the batch.
                LOG.warn("Subscribers were not told of a change: {}", failure.getMessage(), failure);
            }
        }
    }

    private void tell(V changed) {
        queries.forEach((query, concerned) -> emitter.emit(query, asked -> concerned.test(asked, changed), changed));
    }
}
