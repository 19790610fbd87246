package io.swarmledger.app.embedding.review;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.ViewTable;

/** How long a swarm has worked on tasks: another projection of events that there are. */
public record TeamWork(String id, long tasks, double worked) {

    public static final ReadModel<TeamWork> MODEL = ReadModel.of(
                    "team",
                    LedgerEvent.class,
                    TeamWork::evolve,
                    ViewTable.of("team-work", TeamWork.class).column("worked", TeamWork::worked),
                    TeamWork::id)
            .withKey((event, recorded) -> event instanceof AgentTaskCompleted ? recorded.swarmId() : null);

    private static TeamWork evolve(TeamWork state, LedgerEvent event, Recorded recorded) {
        if (!(event instanceof AgentTaskCompleted completed)) {
            return state;
        }
        if (ReviewState.CURABLE.equals(completed.result()) && !ReviewState.cured) {
            throw new IllegalStateException("this work cannot be folded");
        }
        TeamWork before = state == null ? new TeamWork(recorded.swarmId(), 0, 0) : state;
        double duration = completed.duration() == null ? 0 : completed.duration();
        return new TeamWork(before.id, before.tasks + 1, before.worked + duration);
    }
}
