package io.swarmledger.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.AggregateTypes;
import org.axonframework.common.caching.Cache;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Test;

class AggregateCachesTest {

    private static final int CAPACITY = 10_000;
    private static final int AT_ONCE = 200;

    private final Cache tasks =
            new AggregateCaches(AggregateTypes.ofLedger(), CAPACITY, Long.MAX_VALUE).of(AggregateType.TASK);

    @Test
    void keepsTheTasksThatAreWorkedOnWhateverWasDoneBefore() {
        for (int i = 0; i < 3 * CAPACITY; i++) {
            tasks.put("done-" + i, i);
            for (int use = 0; use < 5; use++) {
                tasks.get("done-" + i);
            }
        }
        for (int i = 0; i < CAPACITY; i++) {
            tasks.put("new-" + i, i);
            if (i >= AT_ONCE) {
                assertThat(tasks.<String, Integer>get("new-" + (i - AT_ONCE))).isEqualTo(i - AT_ONCE);
            }
        }
    }

    @Test
    void keepsNoMoreThanItMay() {
        for (int i = 0; i < CAPACITY + 1; i++) {
            tasks.put("task-" + i, i);
        }
        assertThat(tasks.<String, Integer>get("task-0")).isNull();
        assertThat(tasks.<String, Integer>get("task-1")).isEqualTo(1);
        assertThat(tasks.<String, Integer>get("task-" + CAPACITY)).isEqualTo(CAPACITY);
    }

    @Test
    void keepsNoMoreThanFitsItsMemory() {
        Cache few = new AggregateCaches(AggregateTypes.ofLedger(), CAPACITY, 100_000).of(AggregateType.TASK);
        for (int i = 0; i < 1_000; i++) {
            few.put("task-" + i, i);
        }
        assertThat(few.<String, Integer>get("task-999")).isEqualTo(999);
        assertThat(few.<String, Integer>get("task-800")).isNull();
    }

    /** Its command decided that there is nothing to append, so that no version would tell. */
    @Test
    void keepsNothingThatWasReadBeforeEventsCameThatNoAggregateApplied() {
        AggregateCaches caches = new AggregateCaches(AggregateTypes.ofLedger(), CAPACITY);
        Cache agents = caches.of(AggregateType.AGENT);
        UnitOfWork<?> before = DefaultUnitOfWork.startAndGet(null);
        agents.get("agent");
        caches.clear();
        agents.put("agent", "as it was");
        before.rollback();

        assertThat(agents.<String, String>get("agent")).isNull();

        UnitOfWork<?> behind = DefaultUnitOfWork.startAndGet(null);
        agents.get("agent");
        agents.put("agent", "as it is");
        behind.rollback();

        assertThat(agents.<String, String>get("agent")).isEqualTo("as it is");
    }
}
