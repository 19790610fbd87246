package io.swarmledger.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.worker.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommandThreadsTest {

    private static final Runnable NOTHING = () -> {};

    private final List<Object> ran = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch release = new CountDownLatch(1);
    private final CommandThreads threads = new CommandThreads(4, 200, 20, new Workers());

    @AfterEach
    void close() {
        release.countDown();
        threads.close();
    }

    @Test
    void thoseOfOneAggregateRunInTheOrderOfTheirArrival() {
        for (int i = 0; i < 200; i++) {
            threads.execute("a", run(i));
        }

        Awaitility.await().until(() -> ran.size() == 200);
        assertThat(ran).isEqualTo(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void aCallerWhoWaitsTakesItsTurnAndRunsItsOwn() throws Exception {
        threads.execute("a", held());
        Thread caller = new Thread(() -> threads.executeHere("a", run("mine")));
        caller.start();
        Awaitility.await().until(() -> caller.getState() == Thread.State.WAITING);
        threads.execute("a", run("after mine"));
        threads.executeHere("b", run("another aggregate's"));
        assertThat(ran).containsExactly("another aggregate's");

        release.countDown();
        caller.join();

        Awaitility.await().until(() -> ran.size() == 3);
        assertThat(ran).containsExactly("another aggregate's", "mine", "after mine");
    }

    @Test
    void whoIsToldTheOutcomeMaySendTheNextAndWaitForIt() {
        CompletableFuture<Void> told = new CompletableFuture<>();
        threads.execute("a", () -> () -> {
            threads.executeHere("a", run("next"));
            told.complete(null);
        });

        assertThat(told).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(ran).containsExactly("next");
    }

    @Test
    void aCommandThatFailsDoesNotHoldUpTheNext() {
        assertThatThrownBy(() -> threads.executeHere("a", () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        threads.executeHere("a", run("next"));
        assertThat(ran).containsExactly("next");
    }

    @Test
    void moreThanThereArePlacesAreRefusedAndNothingIsLost() {
        for (int i = 0; i < 204; i++) {
            threads.execute("a", i == 0 ? held() : run(i));
        }

        assertThatThrownBy(() -> threads.execute("b", run("too many")))
                .isInstanceOfSatisfying(
                        LogFault.class, fault -> assertThat(fault.kind()).isEqualTo(LogFault.Kind.OVERLOADED))
                .hasMessageContaining("204 commands run or wait");

        release.countDown();
        Awaitility.await().until(() -> ran.size() == 203);
        threads.executeHere("b", run("now"));
        assertThat(ran).contains("now").doesNotContain("too many");
    }

    @Test
    void closingFinishesWhatWasAcceptedAndRefusesWhatComesLater() throws Exception {
        threads.execute("a", held());
        threads.execute("a", run("accepted"));
        Thread closing = new Thread(threads::close);
        closing.start();
        Awaitility.await()
                .until(() -> catchThrowable(() -> threads.executeHere("b", () -> NOTHING)) instanceof LogFault);

        release.countDown();
        closing.join();

        assertThat(ran).containsExactly("accepted");
    }

    private Supplier<Runnable> run(Object name) {
        return () -> {
            ran.add(name);
            return NOTHING;
        };
    }

    private Supplier<Runnable> held() {
        return () -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return NOTHING;
        };
    }
}
