package io.swarmledger.commands;

import static io.swarmledger.commands.Given.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.commands.agent.CallTool;
import io.swarmledger.commands.agent.ChangeAgentStatus;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.agent.StopAgent;
import io.swarmledger.commands.memory.DeleteMemory;
import io.swarmledger.commands.memory.ExpireMemory;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.swarm.ChangePhase;
import io.swarmledger.commands.swarm.InitializeSwarm;
import io.swarmledger.commands.swarm.ScaleSwarm;
import io.swarmledger.commands.task.BlockTask;
import io.swarmledger.commands.task.CancelTask;
import io.swarmledger.commands.task.CompleteTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.QueueTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStopped;
import io.swarmledger.events.memory.MemoryDeleted;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmTerminated;
import io.swarmledger.events.task.TaskCancelled;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskStarted;
import io.swarmledger.testing.Samples;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule has its case in which it is the one that refuses; a rule without one is found out. */
class RulesTest {

    private static final OpaqueEvent IMPORTED = OpaqueEvent.unknown("x:y", null, "{}");
    private static final AgentSpawned SPAWNED = Samples.of(AgentSpawned.class);
    private static final AgentStopped STOPPED = Samples.of(AgentStopped.class);
    private static final TaskCreated CREATED = Samples.of(TaskCreated.class);
    private static final SwarmInitialized INITIALIZED = Samples.of(SwarmInitialized.class);

    private static final Map<AggregateType, List<Refusal>> REFUSALS = Map.of(
            AggregateType.AGENT,
            List.of(
                    after(SPAWNED).of(new SpawnAgent("agent-1", "coder")).by("AgentIsSpawnedOnce"),
                    after(IMPORTED).of(new StartAgent("agent-1")).by("OnlySpawnedAgentCanAct"),
                    after(SPAWNED, STOPPED).of(new StartAgent("agent-1")).by("StoppedAgentCannotStart"),
                    after(SPAWNED, STOPPED)
                            .of(new ChangeAgentStatus("agent-1", "idle"))
                            .by("StoppedAgentCannotChange"),
                    after(SPAWNED, STOPPED)
                            .of(new StopAgent("agent-1", "again"))
                            .by("AgentIsStoppedOnce"),
                    after(SPAWNED, STOPPED)
                            .of(new CallTool("agent-1", "call-1", "Bash", null, null))
                            .by("StoppedAgentCannotCall"),
                    after(SPAWNED)
                            .of(new CompleteAssignedTask("agent-1", "task-1", "ok"))
                            .by("OnlyAssignedTaskCanBeCompleted")),
            AggregateType.TASK,
            List.of(
                    after(CREATED).of(new CreateTask("task-1", "fix", "Again")).by("TaskIsCreatedOnce"),
                    after(IMPORTED)
                            .of(new CreateTask("task-1", "fix", "Knot", null, null, List.of("task-1"), null))
                            .by("TaskCannotDependOnItself"),
                    after(IMPORTED).of(new BlockTask("task-1", "task-2")).by("OnlyCreatedTaskCanChange"),
                    after(CREATED, Samples.of(TaskCompleted.class))
                            .of(new BlockTask("task-1", "task-2"))
                            .by("CompletedTaskIsFinal"),
                    after(CREATED, Samples.of(TaskCancelled.class))
                            .of(new CancelTask("task-1", "no longer wanted"))
                            .by("CancelledTaskIsFinal"),
                    after(CREATED, Samples.of(TaskStarted.class))
                            .of(new QueueTask("task-1"))
                            .by("OnlyPendingBlockedOrFailedTaskCanBeQueued"),
                    after(CREATED, Samples.of(TaskStarted.class))
                            .of(new StartTask("task-1", "agent-1"))
                            .by("OnlyWaitingTaskCanBeStarted"),
                    after(CREATED).of(new CompleteTask("task-1", "ok")).by("OnlyTaskInProgressCanBeCompleted")),
            AggregateType.MEMORY,
            List.of(
                    after(Samples.of(MemoryDeleted.class))
                            .of(new RetrieveMemory("memory-1"))
                            .by("OnlyStoredMemoryCanBeRetrieved"),
                    after(Samples.of(MemoryDeleted.class))
                            .of(new DeleteMemory("memory-1"))
                            .by("OnlyStoredMemoryCanBeDeleted"),
                    after(Samples.of(MemoryDeleted.class))
                            .of(new ExpireMemory("memory-1"))
                            .by("OnlyStoredMemoryCanExpire")),
            AggregateType.SWARM,
            List.of(
                    after(INITIALIZED).of(new InitializeSwarm("mesh", 5)).by("SwarmIsInitializedOnce"),
                    after(IMPORTED).of(new ChangePhase("build")).by("OnlyInitializedSwarmCanChange"),
                    after(INITIALIZED, Samples.of(SwarmTerminated.class))
                            .of(new ChangePhase("build"))
                            .by("TerminatedSwarmIsFinal"),
                    after(INITIALIZED).of(new ScaleSwarm(16, "load")).by("AgentCountStaysWithinMaximum")));

    @TestFactory
    Stream<DynamicTest> eachRuleRefuses() {
        return REFUSALS.values().stream()
                .flatMap(List::stream)
                .map(refusal -> DynamicTest.dynamicTest(
                        refusal.rule,
                        () -> given(refusal.history).when(refusal.command).isRefusedBy(refusal.rule)));
    }

    @ParameterizedTest
    @MethodSource("io.swarmledger.commands.CommandSamples#types")
    void eachRuleOfAnAggregateHasItsCaseAbove(AggregateType type) throws ReflectiveOperationException {
        assertThat(rulesOf(type).stream().map(Rule::name))
                .containsExactlyElementsOf(
                        REFUSALS.get(type).stream().map(Refusal::rule).toList());
    }

    @ParameterizedTest
    @MethodSource("io.swarmledger.commands.CommandSamples#types")
    void eachRuleThatIsWrittenIsInForce(AggregateType type) throws Exception {
        assertThat(rulesBeside(type.root()))
                .containsExactlyInAnyOrderElementsOf(
                        rulesOf(type).stream().map(Object::getClass).toList());
    }

    private static List<Rule<?>> rulesOf(AggregateType type) throws ReflectiveOperationException {
        Field rules = type.root().getDeclaredField("RULES");
        rules.setAccessible(true);
        return ((List<?>) rules.get(null))
                .stream().<Rule<?>>map(rule -> (Rule<?>) rule).toList();
    }

    /** The classes of an aggregate's package that are rules. */
    private static List<Class<?>> rulesBeside(Class<?> root) throws IOException, URISyntaxException {
        Path classes =
                Path.of(root.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files =
                Files.list(classes.resolve(root.getPackageName().replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .<Class<?>>map(name -> classNamed(root.getPackageName() + "." + name.replace(".class", "")))
                    .filter(Rule.class::isAssignableFrom)
                    .toList();
        }
    }

    private static Class<?> classNamed(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static Refusal after(LedgerEvent... history) {
        return new Refusal(history, null, null);
    }

    private record Refusal(LedgerEvent[] history, LedgerCommand command, String rule) {

        Refusal of(LedgerCommand refused) {
            return new Refusal(history, refused, rule);
        }

        Refusal by(String name) {
            return new Refusal(history, command, name);
        }
    }
}
