package io.swarmledger.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/**
 * Measures the ledger beside SQLite itself and Axon as it comes, in one run, on the same schema and the same rows. What
 * is compared is measured one right after the other, so that a machine with other work slows both.
 */
public final class Benchmark {

    private static final int WARM_UP_SHARE = 4;
    private static final long WARM_UP_AT_MOST = 100_000;
    private static final int DELETE_ATTEMPTS = 20;

    private final Path parent;
    private final long events;
    private final int rounds;
    private final Consumer<String> progress;

    /**
     * A benchmark of that size.
     *
     * @param parent a directory on the disk that is to be measured; what lies in it stays as it is
     * @param events scales everything
     * @param rounds each figure is the median of so many
     * @param progress hears what is measured now
     */
    public Benchmark(Path parent, long events, int rounds, Consumer<String> progress) {
        this.parent = parent;
        this.events = events;
        this.rounds = rounds;
        this.progress = progress;
    }

    /**
     * Runs it, for minutes.
     *
     * @throws IOException if no directory can be made in {@code parent}
     */
    public BenchReport run() throws Exception {
        return inPrivate(directory -> {
            Machine machine = Machine.of(directory);
            return medians(directory, BenchReport.class, events / WARM_UP_SHARE, (round, size, said) -> new Round(
                            round, size, said)
                    .measure(machine, rounds));
        });
    }

    /**
     * Measures the door over HTTP instead, beside the same work in process.
     *
     * @throws IOException if no directory can be made in {@code parent}
     */
    public HttpReport runOverHttp() throws Exception {
        return inPrivate(directory -> {
            Machine machine = Machine.of(directory);
            try (ServedLedger served = ServedLedger.in(directory.resolve("served"))) {
                new HttpRound(served, directory.resolve("warm-up"), events, what -> progress.accept("warm-up: " + what))
                        .warmUp();
                return medians(directory, HttpReport.class, events, (round, size, said) -> new HttpRound(
                                served, round, size, said)
                        .measure(machine, rounds));
            }
        });
    }

    /**
     * Measures questions about the past instead, in a log of that size and in one of a tenth of it.
     *
     * @throws IOException if no directory can be made in {@code parent}
     */
    public TimeTravelReport runTimeTravel() throws Exception {
        return inPrivate(directory -> {
            Machine machine = Machine.of(directory);
            return medians(
                    directory,
                    TimeTravelReport.class,
                    events / WARM_UP_SHARE,
                    (round, size, said) -> new TimeTravelRound(round, size, said).measure(machine, rounds));
        });
    }

    private interface Work<T> {

        T in(Path directory) throws Exception;
    }

    private <T> T inPrivate(Work<T> work) throws Exception {
        Path directory = Files.createTempDirectory(parent, "swarm-ledger-bench-");
        // An interrupted run leaves nothing either: these run when every ledger of the process is closed.
        Runnable cleanUp = () -> delete(directory);
        SpringApplication.getShutdownHandlers().add(cleanUp);
        try {
            return work.in(directory);
        } finally {
            delete(directory);
            SpringApplication.getShutdownHandlers().remove(cleanUp);
        }
    }

    private interface Measuring<T> {

        T round(Path directory, long size, Consumer<String> progress) throws Exception;
    }

    private <T> T medians(Path directory, Class<T> type, long warmUp, Measuring<T> measuring) throws Exception {
        round("warm-up", directory, Math.min(warmUp, WARM_UP_AT_MOST), measuring);
        List<T> reports = new ArrayList<>();
        for (int i = 1; i <= rounds; i++) {
            reports.add(round("round " + i + " of " + rounds, directory, events, measuring));
        }
        return Medians.of(reports, type);
    }

    private <T> T round(String name, Path parentOfRound, long size, Measuring<T> measuring) throws Exception {
        Path directory = Files.createTempDirectory(parentOfRound, "round-");
        try {
            return measuring.round(directory, size, what -> progress.accept(name + ": " + what));
        } finally {
            delete(directory);
        }
    }

    /**
     * An interrupted run deletes from two threads: one at a time, and once more if the other was still making a file.
     */
    private static synchronized void delete(Path directory) {
        for (int attempt = 1; ; attempt++) {
            try {
                FileSystemUtils.deleteRecursively(directory);
                return;
            } catch (IOException failure) {
                if (attempt == DELETE_ATTEMPTS) {
                    throw new IllegalStateException(directory + " cannot be deleted: " + failure.getMessage(), failure);
                }
            }
        }
    }
}
