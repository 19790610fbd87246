package io.swarmledger.app.imports;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Imports something, and again whenever it was written to. A round reads what was written to since the one before, and what
 * may have ended by its silence since then.
 */
public final class Following {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A round that takes long is not begun again at once: reading is not all that the machine has to do. */
    private static final int PAUSE_PER_ROUND = 4;

    /** Whoever writes seldom may have ended by then, and whoever reads says so. */
    private static final Duration SILENCE = Duration.ofMinutes(11);

    private final Import imports;
    private final ImportWish wish;
    private final Clock clock;
    private final Consumer<Imported> told;

    /**
     * What is followed so.
     *
     * @param told hears what each round did
     */
    public Following(Import imports, ImportWish wish, Clock clock, Consumer<Imported> told) {
        this.imports = imports;
        this.wish = wish;
        this.clock = clock;
        this.told = told;
    }

    /**
     * Goes on until {@code ended}; what a round has begun it brings to its end.
     *
     * @throws ImportRefused if it cannot be imported at all
     */
    public void follow(Path path, CountDownLatch ended) throws InterruptedException {
        Instant since = wish.changedSince();
        Instant silentAt = null;
        Seen seen = null;
        boolean goesOn = true;
        while (goesOn) {
            Seen now = Seen.of(path);
            Instant begun = clock.instant();
            boolean isSilent = silentAt != null && begun.isAfter(silentAt);
            if (!now.equals(seen) || isSilent) {
                told.accept(imports.from(path, wish.since(since), Progress.SILENT));
                since = begun.minus(SILENCE);
                silentAt = now.equals(seen) ? null : begun.plus(SILENCE);
                seen = now;
            }
            long pause = Math.max(
                    LOOK.toMillis(),
                    PAUSE_PER_ROUND * Duration.between(begun, clock.instant()).toMillis());
            goesOn = !ended.await(pause, TimeUnit.MILLISECONDS);
        }
    }

    /** By what it is noticed that something was written to. */
    private record Seen(long files, long bytes, long times) {

        static Seen of(Path path) {
            long[] sums = new long[3];
            try {
                Files.walkFileTree(path, new SimpleFileVisitor<>() {

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        sums[0]++;
                        sums[1] += attributes.size();
                        sums[2] = 31 * sums[2] + attributes.lastModifiedTime().toMillis();
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        return FileVisitResult.CONTINUE;
                    }
                });
            } catch (IOException gone) {
                // The import says what is the matter.
                return new Seen(0, 0, 0);
            }
            return new Seen(sums[0], sums[1], sums[2]);
        }
    }
}
