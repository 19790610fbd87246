package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.TaskState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("S2 disk full")
class S02DiskFullTest {

    private static final int TASKS = 50;

    @TempDir
    Path home;

    private Path disk;

    @AfterEach
    void unmount() {
        if (disk != null) {
            assertThat(Mounts.succeeds("umount", "--lazy", disk.toString())).isTrue();
        }
    }

    @Test
    void nothingOfAnAppendIsLeftReadsGoOnAndSoDoWritesOnceThereIsRoom() throws Exception {
        Mounts.required();
        Path mounted = Files.createDirectory(home.resolve("disk"));
        assertThat(Mounts.succeeds("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", mounted.toString()))
                .isTrue();
        disk = mounted;
        Path directory = disk.resolve("ledger");
        Path filler = disk.resolve("filler");
        try (TestLedger ledger = TestLedger.in(directory)) {
            List<Appended> acknowledged = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                acknowledged.add(ledger.send(new CreateTask("task-" + i, "testing", "Before")));
            }
            ledger.caughtUp();
            fill(filler);

            // The write-ahead log has some pages of its own left.
            Throwable refusal = null;
            for (int i = 0; refusal == null; i++) {
                String id = "full-" + i;
                refusal = catchThrowable(() -> acknowledged.add(ledger.send(new CreateTask(id, "testing", "Full"))));
            }
            assertThat(refusal)
                    .isInstanceOfSatisfying(
                            LogFault.class, fault -> assertThat(fault.kind()).isEqualTo(LogFault.Kind.DISK_FULL))
                    .hasMessageContaining(directory.toString());
            assertThat(ledger.head()).as("the append is undone").isEqualTo(acknowledged.size());
            assertThat(now(ledger, new GetTask("task-7"), TaskState.class).title())
                    .isEqualTo("Before");
            assertThat(now(ledger, new GetStats(null, null), LedgerStats.class).totalEvents())
                    .isEqualTo(acknowledged.size());

            Files.delete(filler);
            acknowledged.add(ledger.send(new CreateTask("after", "testing", "After")));

            assertThat(acknowledged).extracting(Appended::position).isSorted().doesNotHaveDuplicates();
            assertThat(Green.stored(directory).values()).containsExactlyInAnyOrderElementsOf(acknowledged);
            Green.assertVerified(directory);
            Green.assertViews(ledger);
        }
    }

    /** Not even a directory can be made. */
    @Test
    void aBackupThatIsAskedForSaysThatTheDiskIsFull() throws Exception {
        Mounts.required();
        Path mounted = Files.createDirectory(home.resolve("disk"));
        assertThat(Mounts.succeeds("mount", "-t", "tmpfs", "-o", "size=32m,nr_inodes=100", "tmpfs", mounted.toString()))
                .isTrue();
        disk = mounted;
        try (HttpLedger ledger = HttpLedger.in(disk.resolve("ledger"))) {
            assertThat(ledger.post("/api/tasks", "{\"taskId\":\"task-1\",\"title\":\"Before\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(catchThrowable(() -> {
                        for (int i = 0; ; i++) {
                            Files.createFile(disk.resolve("filler-" + i));
                        }
                    }))
                    .hasMessageContaining("No space left");

            HttpLedger.Answer begun = ledger.post("/api/operations/backup", "{\"file\":\"monday.db\"}");
            String id = begun.json().get("id").asString();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ledger.get("/api/operations/" + id)
                    .json()
                    .get("state")
                    .asString()
                    .equals("failed"));
            assertThat(ledger.get("/api/operations/" + id)
                            .json()
                            .get("problem")
                            .get("status")
                            .asInt())
                    .isEqualTo(507);
        }
    }

    /** SQLite calls it an input/output error, unlike a full disk. The limit is lifted while the process runs. */
    @Test
    void aLimitOnTheSizeOfFilesIsNoEndEither() {
        try (WorkerProcess worker =
                WorkerProcess.on(home).afterBash("ulimit -S -f 3000").clients(8).run("limited")) {
            worker.ready().faulting("BROKEN");

            assertThat(Mounts.succeeds("prlimit", "--pid", String.valueOf(worker.pid()), "--fsize=unlimited:unlimited"))
                    .isTrue();
            worker.acknowledging(500).kill();

            assertThat(worker.faults().values()).containsOnly("BROKEN");
            Green.assertLog(home, List.of(worker));
        }
        try (TestLedger ledger = TestLedger.in(home)) {
            Green.assertViews(ledger);
        }
    }

    private static <R> R now(TestLedger ledger, LedgerQuery query, Class<R> answer) {
        return ledger.bean(QueryGateway.class).query(query, answer).join();
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] some = new byte[4096];
            while (true) {
                out.write(some);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
