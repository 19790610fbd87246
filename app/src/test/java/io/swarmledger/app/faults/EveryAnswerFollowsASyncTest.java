package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kill takes nothing from the operating system's cache: only its calls show that an answer means a disk. */
@DisplayName("Every answer follows an fdatasync")
class EveryAnswerFollowsASyncTest {

    private static final int ANSWERS = 100;
    private static final Pattern SYNC = Pattern.compile("(fdatasync|fsync)\\(\\d+<[^>]*/events\\.db-wal>.*= 0");
    private static final Pattern SYNC_GOES_ON = Pattern.compile("<\\.\\.\\. (fdatasync|fsync) resumed>.*= 0");
    private static final Pattern SENT = Pattern.compile("write\\(1<[^>]*>, \"sent ");
    private static final Pattern ANSWERED = Pattern.compile("write\\(1<[^>]*>, \"acknowledged ");

    @TempDir
    Path home;

    @Test
    void ofTheLogBetweenWhatIsSentAndWhatIsAnswered() throws Exception {
        requireStrace();
        Path trace = home.resolve("trace");
        try (WorkerProcess worker = WorkerProcess.on(home.resolve("ledger"))
                .under("strace", "-D", "-f", "-y", "-s", "16", "-e", "trace=fdatasync,fsync,write")
                .under("-o", trace.toString())
                .clients(1)
                .run("traced")) {
            worker.ready().acknowledging(ANSWERS).kill();
        }
        // Whoever traces is another process, and writes down what it saw in its own time.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> calls(trace, ANSWERED) >= ANSWERS);

        List<String> notSynced = new ArrayList<>();
        boolean synced = false;
        for (String call : Files.readAllLines(trace)) {
            if (SENT.matcher(call).find()) {
                synced = false;
            } else if (SYNC.matcher(call).find() || SYNC_GOES_ON.matcher(call).find()) {
                synced = true;
            } else if (ANSWERED.matcher(call).find() && !synced) {
                notSynced.add(call);
            }
        }
        assertThat(notSynced).as("answers without a sync").isEmpty();
    }

    private static long calls(Path trace, Pattern which) throws IOException {
        try (Stream<String> calls = Files.lines(trace)) {
            return calls.filter(call -> which.matcher(call).find()).count();
        }
    }

    static void requireStrace() {
        boolean there = Mounts.succeeds("strace", "-V");
        if (!there && "true".equals(System.getenv("CI"))) {
            fail("strace is missing");
        }
        Assumptions.assumeTrue(there, "strace is missing");
        Assumptions.assumeTrue(Mounts.succeeds("strace", "-f", "true"), "strace may not trace here");
    }
}
