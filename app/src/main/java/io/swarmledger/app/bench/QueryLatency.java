package io.swarmledger.app.bench;

import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.TaskState;
import java.util.Optional;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;

/**
 * How long a task takes to be found by its id, through the query gateway, one question after the other.
 *
 * @param p50 milliseconds, half of the questions
 * @param p99 99 of 100
 * @param tasks among how many it was found
 */
public record QueryLatency(double p50, double p99, long tasks) {

    private static final long MOST_QUESTIONS = 10_000;

    static QueryLatency measure(BenchLedger ledger, long tasks) {
        QueryGateway queries = ledger.queries();
        Random chance = new Random(11);
        Histogram latencies = Rate.histogram();
        for (long i = Math.min(MOST_QUESTIONS, 10 * tasks); i > 0; i--) {
            String id = ForeignSwarm.task(1 + chance.nextLong(tasks));
            long start = System.nanoTime();
            Optional<TaskState> found = queries.query(
                            new GetTask(id), ResponseTypes.optionalInstanceOf(TaskState.class))
                    .join();
            latencies.recordValue(System.nanoTime() - start);
            if (found.isEmpty()) {
                throw new IllegalStateException("The task " + id + " is not in the view: the figures mean nothing");
            }
        }
        return new QueryLatency(Rate.millisAt(latencies, 50), Rate.millisAt(latencies, 99), tasks);
    }
}
