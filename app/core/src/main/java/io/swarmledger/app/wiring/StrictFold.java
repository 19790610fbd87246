package io.swarmledger.app.wiring;

import io.swarmledger.app.view.FoldsUnderWay;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.view.Growing;
import io.swarmledger.query.view.LookedAtFold;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.ViewTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/**
 * A fold of an application's, held to what the ledger's own keep to: whatever goes wrong with a state goes wrong where its
 * event is folded, and makes one dead letter of it. Later, where states are written, it would stop everybody.
 */
record StrictFold<S>(ReadModel<S> model, FoldsUnderWay folds, AtomicBoolean suspected) implements LookedAtFold<S> {

    static <S> ReadModel<S> of(ReadModel<S> model, FoldsUnderWay folds) {
        StrictFold<S> fold = new StrictFold<>(model, folds, new AtomicBoolean());
        Map<Class<? extends LedgerEvent>, ReadModel.Key> beside = new HashMap<>();
        model.beside()
                .forEach((type, key) -> beside.put(
                        type, (event, recorded) -> fold.told("key", event, recorded, () -> key.of(event, recorded))));
        ReadModel<S> strict = model.withFold(fold).withBeside(Map.copyOf(beside));
        return model.isByAggregate() ? strict : strict.withKey(fold::keyOf);
    }

    private String keyOf(LedgerEvent event, Recorded recorded) {
        return model.events().isInstance(event)
                ? told("key", event, recorded, () -> model.key().of(event, recorded))
                : null;
    }

    @Override
    public S evolve(S state, LedgerEvent event, Recorded recorded) {
        return model.folds(event.getClass())
                ? told("fold", event, recorded, () -> looked(state, evolved(state, event, recorded)))
                : state;
    }

    private S looked(S before, S after) {
        if (after != null && after != before) {
            requireStorable(before, after);
        }
        return after;
    }

    @Override
    public S evolveUnseen(S state, LedgerEvent event, Recorded recorded) {
        return model.folds(event.getClass())
                ? told("fold", event, recorded, () -> evolved(state, event, recorded))
                : state;
    }

    @Override
    public boolean isSuspect() {
        return suspected.get();
    }

    @Override
    public void suspect() {
        suspected.set(true);
    }

    /**
     * An error that the application's own code throws is as any other exception of it, and so is a checked one that it
     * declares nowhere; only the machine's own are not.
     */
    private <T> T told(String what, LedgerEvent event, Recorded recorded, Supplier<T> asked) {
        FoldsUnderWay.Work work = folds.begin(model, event, recorded);
        try {
            return asked.get();
        } catch (Throwable thrown) {
            if (thrown instanceof RuntimeException
                    || thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
                throw thrown;
            }
            throw new IllegalStateException(
                    "The " + what + " of the read model " + model.type() + " failed with " + thrown + " at "
                            + EventTypes.nameOf(event) + " of " + recorded.aggregateId(),
                    thrown);
        } finally {
            work.done();
        }
    }

    private S evolved(S state, LedgerEvent event, Recorded recorded) {
        S after = model.fold().evolve(state, event, recorded);
        if (after == null && state != null) {
            throw new IllegalStateException("The fold of " + model.type()
                    + " gives a state up: what is gone has a status under which it is gone");
        }
        if (after != null && after != state) {
            requireItsId(after, model.thingOf(event, recorded));
            Objects.requireNonNull(model.swarmId().apply(after), "it belongs to no swarm");
            String status = Objects.requireNonNull(model.status().apply(after), "it has no status");
            model.gone().contains(status);
            if (model.isMember() != null) {
                model.isMember().test(after);
            }
        }
        return after;
    }

    /** Also what it is read as must be one: nothing could be folded on, or asked for, otherwise. */
    @Override
    public void requireStorable(S before, S after) {
        try {
            model.table().columnsOf(after);
            model.table().lists().forEach((name, list) -> {
                Growing<?> now = Objects.requireNonNull(list.apply(after), name);
                if (now.size() > now.before() && (before == null || now != list.apply(before))) {
                    now.added().forEach(ViewTable::item);
                }
            });
            model.table().read(model.table().write(after));
        } catch (JacksonException unstorable) {
            throw new IllegalStateException(
                    "The fold of " + model.type() + " answers a state that cannot be stored as JSON: "
                            + Json.reason(unstorable),
                    unstorable);
        }
    }

    /** Rows lie by their keys, and whoever reads a state calls it by its id. */
    private void requireItsId(S state, String key) {
        Object id = StateId.of(state);
        if (!key.equals(id)) {
            throw new IllegalStateException(
                    "The fold of " + model.type() + " answers a state with the id " + id + " for " + key);
        }
    }
}
