package client;

import client.api.AgentsApi;
import client.api.AggregatesApi;
import client.api.EventsApi;
import client.api.StatsApi;
import client.api.SwarmsApi;
import client.api.TasksApi;
import client.model.AgentView;
import client.model.Appended;
import client.model.AssignTask;
import client.model.CompleteTask;
import client.model.CreateTask;
import client.model.InitializeSwarm;
import client.model.PageRecordedEvent;
import client.model.SpawnAgent;
import client.model.StartTask;
import client.model.TaskState;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Speaks to a ledger through a client that was generated from its own description, and tells what it saw. */
public final class Coordinator implements Function<String, Map<String, Object>> {

    @Override
    public Map<String, Object> apply(String uri) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(uri);
        try {
            return coordinate(client);
        } catch (ApiException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }

    private static Map<String, Object> coordinate(ApiClient client) throws ApiException {
        AgentsApi agents = new AgentsApi(client);
        TasksApi tasks = new TasksApi(client);
        new SwarmsApi(client)
                .initializeSwarm(
                        null, "0", new InitializeSwarm().topology("mesh").maxAgents(15L).config(Map.of("k", List.of(1))));
        agents.spawnAgent("key-1", null, new SpawnAgent().agentId("agent-1").role("coder").capabilities(List.of("java")));
        Appended again = agents.spawnAgent(
                "key-1", null, new SpawnAgent().agentId("agent-1").role("coder").capabilities(List.of("java")));
        tasks.createTask(null, null, new CreateTask().taskId("task-1").taskType("build").title("Build it"));
        agents.assignTask("agent-1", null, null, new AssignTask().taskId("task-1"));
        tasks.startTask("task-1", null, null, new StartTask().agentId("agent-1"));
        Appended completed = tasks.completeTask(
                "task-1",
                null,
                "2",
                new CompleteTask()
                        .result(Map.of("lines", 42))
                        .completedAt(1.5)
                        .metadata(Map.of("swarmId", "alpha", "n", 1)));
        TaskState task = tasks.getTask("task-1", completed.getPosition());
        AgentView agent = agents.getAgent("agent-1", again.getPosition());
        PageRecordedEvent history =
                new AggregatesApi(client).getHistory("task-1", null, null, null, null, null, null, null, null, null, null, 2, null, "desc", null, null);
        String refusal = "";
        try {
            tasks.getTask("nobody", null);
        } catch (ApiException notThere) {
            refusal = notThere.getCode() + " " + notThere.getResponseBody();
        }
        return Map.of(
                "position", again.getPosition(),
                "status", task.getStatus(),
                "result", task.getResult(),
                "completedAt", task.getCompletedAt(),
                "capabilities", agent.getCapabilities(),
                "history", history.getItems().stream().map(event -> event.getType()).toList(),
                "payload", history.getItems().get(1).getPayload(),
                "oneEvent", new EventsApi(client).getEvent(completed.getId(), null).getSwarmId(),
                "events", new StatsApi(client).getStats(null, null, null).getTotalEvents(),
                "refusal", refusal);
    }
}
