package io.swarmledger.query.timetravel;

import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.timetravel.Search.Part;
import io.swarmledger.query.view.ReadModel;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which things were counted at a position. */
final class CountedThen {

    private static final String LIST = "counted-then";

    private final JdbcClient index;
    private final ReadModels models;
    private final FindEvidence query;
    private final long position;

    CountedThen(JdbcClient index, ReadModels models, FindEvidence query, long position) {
        this.index = index;
        this.models = models;
        this.query = query;
        this.position = position;
    }

    <S> Part<S> part(ReadModel<S> model, Past past) {
        return new Search(index, past, position)
                .find(
                        model,
                        isOfWhatIsGone(model) ? Shelf.gone(models, model) : Shelf.there(models, model),
                        query.swarmId(),
                        state -> isAsked(model, state),
                        LIST,
                        Paging.limit(query.limit(), FindEvidence.MAX_LIMIT),
                        query.cursor());
    }

    /** A page of them. How many all of them are is known by their status; otherwise only looking at each would tell. */
    Page<Evidence> page(ReadModel<?> model, List<Evidence> things, String next) {
        boolean isCounted = query.namespace() == null;
        return new Page<>(
                things,
                isCounted ? total(model) : things.size(),
                isCounted || query.cursor() == null && next == null,
                next);
    }

    private boolean isOfWhatIsGone(ReadModel<?> model) {
        return query.status() != null && model.gone().contains(query.status());
    }

    private <S> boolean isAsked(ReadModel<S> model, S state) {
        return (query.status() == null || query.status().equals(model.status().apply(state)))
                && (query.namespace() == null || query.namespace().equals(Components.value(state, "namespace")));
    }

    private long total(ReadModel<?> model) {
        Map<String, Long> counts = Counts.at(index, models, model, query.swarmId(), position);
        return counts.entrySet().stream()
                .filter(count -> query.status() == null
                        ? !model.gone().contains(count.getKey())
                        : query.status().equals(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
