package io.swarmledger.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.swarm.SwarmFailed;
import io.swarmledger.events.task.TaskStarted;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An event says by itself whose it is. */
class OwnIdTest {

    @EventType("pull-request:merged")
    private record PullRequestMerged(String taskId, String pullRequestId) implements LedgerEvent {}

    @EventType("door:opened")
    private record DoorOpened(String doorId, @AggregateId String door) implements LedgerEvent {}

    @EventType("door:painted")
    private record DoorPainted(Long doorId) implements LedgerEvent {}

    @EventType("door:numbered")
    private record DoorNumbered(@AggregateId Long door) implements LedgerEvent {}

    @EventType("door:paired")
    private record DoorPaired(@AggregateId String one, @AggregateId String other) implements LedgerEvent {}

    private static Optional<String> fieldOf(Class<?> record) {
        return OwnId.of(record).map(OwnId::field);
    }

    @Test
    void itIsCalledAfterItsTypeOrMarked() {
        assertThat(fieldOf(AgentSpawned.class)).contains("agentId");
        assertThat(fieldOf(TaskStarted.class)).contains("taskId");
        assertThat(fieldOf(PullRequestMerged.class)).contains("pullRequestId");
        assertThat(fieldOf(DoorOpened.class)).contains("door");
    }

    @Test
    void anEventNeedNotHaveOne() {
        assertThat(fieldOf(SwarmFailed.class)).isEmpty();
        assertThat(fieldOf(DoorPainted.class)).isEmpty();
        assertThat(fieldOf(OpaqueEvent.class)).isEmpty();
    }

    @Test
    void oneThatCannotBeItIsRefused() {
        assertThatThrownBy(() -> OwnId.of(DoorNumbered.class))
                .isInstanceOf(DeclarationRefused.class)
                .hasMessageContaining(DoorNumbered.class.getName());
        assertThatThrownBy(() -> OwnId.of(DoorPaired.class))
                .isInstanceOf(DeclarationRefused.class)
                .hasMessageContaining(DoorPaired.class.getName());
    }

    @Test
    void itIsReadAndFilledIn() {
        OwnId own = OwnId.of(PullRequestMerged.class).orElseThrow();

        assertThat(own.in(new PullRequestMerged("task-1", null))).isNull();
        assertThat(own.with(new PullRequestMerged("task-1", null), "request-1"))
                .isEqualTo(new PullRequestMerged("task-1", "request-1"));
    }
}
