package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ProjectionNames;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.common.Registration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** A view whose thread meets an error, and one that stands still for whatever reason. */
class ErrorsInViewsTest {

    private static final String AGENTS = ProjectionNames.AGENT_STATE;
    private static final Status DEGRADED = new Status("DEGRADED");

    private static TestLedger ledger;
    private static final Rows ROWS = new Rows();
    private static int tasks;

    @BeforeAll
    static void open() throws Exception {
        ledger = TestLedger.inMemory();
        ledger.log().writer().append(List.of(ROWS.next("agent", "agent:spawned", "{}")));
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void anErrorInABatchIsMetOnceAndEachEventIsTakenInOnce() throws Exception {
        AtomicBoolean met = new AtomicBoolean();
        try (Registration error = processor().registerHandlerInterceptor((unitOfWork, chain) -> {
            if (met.compareAndSet(false, true)) {
                throw new OutOfMemoryError("asked for");
            }
            return chain.proceed();
        })) {
            append(50);
            ledger.bean(Positions.class).await(AGENTS, ledger.head(), Duration.ofSeconds(20));
        }

        assertThat(met).isTrue();
        requireEachTaskOnce();
    }

    @Test
    void anErrorInTheReaderOfAReplayFailsTheReplayAlone() throws Exception {
        append(500);
        AtomicInteger left = new AtomicInteger(100);
        Replays replays = replays(failing(left));
        try {
            Replay failed = replays.start(List.of(AGENTS));
            assertThatThrownBy(() -> failed.done().get(20, TimeUnit.SECONDS)).hasRootCauseInstanceOf(Error.class);
            assertThat(failed.progress().state()).isEqualTo("failed");
            assertThat(failed.progress().error()).contains("asked for");

            append(10);
            ledger.bean(Positions.class).await(AGENTS, ledger.head(), Duration.ofSeconds(20));
            requireEachTaskOnce();

            replays.start(List.of(AGENTS)).done().get(30, TimeUnit.SECONDS);
            append(10);
            ledger.bean(Positions.class).await(AGENTS, ledger.head(), Duration.ofSeconds(20));
            requireEachTaskOnce();
        } finally {
            replays.stop();
        }
    }

    @Test
    void aViewThatStandsStillIsDegradedThenDownAndRecovers() throws Exception {
        ledger.caughtUp();
        await("nothing is behind").until(() -> health().getStatus().equals(Status.UP));
        processor().shutDown();
        append(7);

        await("it is degraded").atMost(Duration.ofSeconds(25)).until(() -> health().getStatus()
                .equals(DEGRADED));
        assertThat(health().getDetails().get(AGENTS).toString())
                .startsWith("it is 7 events behind, the oldest for ")
                .contains("has seen none of them for ");
        append(1);
        await("it is down").atMost(Duration.ofSeconds(40)).until(() -> health().getStatus()
                .equals(Status.DOWN));
        assertThat(health().getDetails().get(AGENTS).toString()).startsWith("it is 8 events behind");
        assertThat(ledger.bean(Lags.class).of(AGENTS).age()).isGreaterThan(25_000);
        assertThat(ledger.bean(Lags.class).of(ProjectionNames.TASK_HISTORY).isFault())
                .isFalse();

        processor().start();
        await("it recovers").atMost(Duration.ofSeconds(20)).until(() -> health().getStatus()
                .equals(Status.UP));
        requireEachTaskOnce();
    }

    private static Health health() {
        return ledger.bean(LagHealth.class).health();
    }

    private static StreamingEventProcessor processor() {
        return ledger.bean(EventProcessingConfiguration.class)
                .eventProcessor(AGENTS, StreamingEventProcessor.class)
                .orElseThrow();
    }

    private static void append(int completions) throws Exception {
        List<EventRow> rows = new ArrayList<>();
        for (int i = 0; i < completions; i++) {
            rows.add(ROWS.next("agent", "agent:task-completed", "{\"taskId\":\"task-" + tasks++ + "\"}"));
        }
        ledger.log().writer().append(rows);
    }

    private static void requireEachTaskOnce() {
        assertThat(ledger.ask(new GetAgent("agent"), AgentView.class)
                        .agent()
                        .completedTasks()
                        .toList())
                .containsExactlyElementsOf(
                        IntStream.range(0, tasks).mapToObj(i -> "task-" + i).toList());
    }

    /** The log, whose reading meets an error once so many events were read. */
    private static EventStorageEngine failing(AtomicInteger left) {
        EventStorageEngine log = ledger.bean(EventStorageEngine.class);
        return (EventStorageEngine) Proxy.newProxyInstance(
                ErrorsInViewsTest.class.getClassLoader(),
                new Class<?>[] {EventStorageEngine.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(log, arguments);
                        return method.getName().equals("readEvents") && result instanceof Stream<?> events
                                ? events.peek(event -> fail(left))
                                : result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private static void fail(AtomicInteger left) {
        if (left.decrementAndGet() == 0) {
            throw new OutOfMemoryError("asked for");
        }
    }

    private static Replays replays(EventStorageEngine log) {
        ViewsFile views = ledger.bean(ViewsFile.class);
        Replays replays = new Replays(
                ledger.bean(Projections.class),
                views,
                log,
                ledger.bean(Serializer.class),
                ledger.bean(ViewTokens.class).store(),
                new SpringTransactionManager(views.transactions()),
                ledger.bean(DeadLetters.class),
                ledger.bean(EventProcessingConfiguration.class),
                Clock.systemUTC(),
                () -> {});
        replays.start();
        return replays;
    }
}
