package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.task.CreateTask;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("S6 a file that is made from the log, removed or replaced under a running service")
class S06DerivedFilesInUseTest {

    private static final int BEFORE = 20;

    @TempDir
    static Path place;

    private static Path others;

    @TempDir
    Path home;

    /** What happens to the file. */
    enum Damage {
        REMOVED("was removed or replaced") {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        },
        REPLACED("was removed or replaced") {
            @Override
            void to(Path file) throws IOException {
                Path copy = file.resolveSibling("copy");
                Files.copy(others.resolve(file.getFileName()), copy);
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            }
        },
        WRITTEN_OVER("was written over") {
            @Override
            void to(Path file) throws IOException {
                Files.write(file, Files.readAllBytes(others.resolve(file.getFileName())));
            }
        },
        EMPTIED("was written over") {
            @Override
            void to(Path file) throws IOException {
                Files.write(file, new byte[0]);
            }
        };

        private final String told;

        Damage(String told) {
            this.told = told;
        }

        abstract void to(Path file) throws IOException;
    }

    @BeforeAll
    static void makeAnother() {
        others = place.resolve("others");
        try (TestLedger ledger = TestLedger.in(others)) {
            for (int i = 0; i < BEFORE; i++) {
                ledger.send(new CreateTask("elsewhere-" + i, "testing", "Of another ledger"));
            }
            ledger.caughtUp();
        }
    }

    @ParameterizedTest
    @CsvSource({"REMOVED, timetravel.db", "REPLACED, search.db", "WRITTEN_OVER, timetravel.db", "EMPTIED, views.db"})
    void isToldByHealthAndMendedByTheNextStart(Damage damage, String name) throws Exception {
        try (ServiceProcess service = ServiceProcess.on(home)) {
            fill(service);
            assertThat(health(service).statusCode()).isEqualTo(200);

            damage.to(home.resolve(name));

            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                HttpResponse<String> health = health(service);
                assertThat(health.statusCode()).isEqualTo(503);
                assertThat(health.body()).contains(home.resolve(name) + " " + damage.told, "derived from the log");
            });
            assertThat(new PatientClient(service).create("meanwhile").statusCode())
                    .as("the log is whole")
                    .isEqualTo(201);
            service.terminate();
        }
        assertWhole(BEFORE + 1);
    }

    /** Its write-ahead log stays, and SQLite would take it for that of the file that lies there now. */
    @Test
    void whoeverIsKilledBeforeItNoticesStartsAgain() throws Exception {
        String name = "views.db";
        try (ServiceProcess service = ServiceProcess.on(home)) {
            fill(service);
            Damage.WRITTEN_OVER.to(home.resolve(name));
            service.kill();
        }
        assertThat(home.resolve(name + "-wal")).isNotEmptyFile();

        assertWhole(BEFORE);
    }

    @Test
    void whoeverMeetsADamagedPageIsToldWhatBecomesOfIt() throws Exception {
        for (String own : new String[] {"events.db", "head.anchor", "views.db", "timetravel.db", "search.db"}) {
            Files.copy(others.resolve(own), home.resolve(own));
        }
        DamagedPage.of(home.resolve("views.db"), "task_history");
        DamagedPage.of(home.resolve("timetravel.db"), "Thing");
        try (ServiceProcess service = ServiceProcess.on(home)) {
            for (String path : new String[] {"/api/tasks", "/api/state"}) {
                HttpResponse<String> answer = new PatientClient(service).get(path);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertThat(answer.body()).contains("malformed", "made anew").doesNotContain("verify");
            }
            HttpResponse<String> health = health(service);
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body())
                    .contains(home.resolve("views.db") + " is damaged", home.resolve("timetravel.db") + " is damaged");
            assertThat(new PatientClient(service).create("meanwhile").statusCode())
                    .as("the log is whole")
                    .isEqualTo(201);
            service.terminate();
        }
        try (ServiceProcess again = ServiceProcess.on(home)) {
            for (String path : new String[] {"/api/tasks?minPosition=21", "/api/state?minPosition=21"}) {
                assertThat(new PatientClient(again).get(path).body())
                        .contains("elsewhere-0", "elsewhere-19", "meanwhile");
            }
        }
    }

    @Test
    void theServiceEndsWhenItHasSaidSo() throws Exception {
        try (ServiceProcess service = ServiceProcess.on(home, ServiceProcess.SHORT_NOTICE)) {
            fill(service);
            Files.delete(home.resolve("views.db"));

            assertThat(service.ended().exitCode()).isEqualTo(3);
            assertThat(service.toString()).contains("is to be started again, for it lost views.db");
        }
        assertWhole(BEFORE);
    }

    private static void fill(ServiceProcess service) {
        PatientClient client = new PatientClient(service);
        for (int i = 0; i < BEFORE; i++) {
            assertThat(client.create("task-" + i).statusCode()).isEqualTo(201);
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        client.get("/api/state?position=" + BEFORE).statusCode())
                .isEqualTo(200));
    }

    private static HttpResponse<String> health(ServiceProcess service) {
        return new PatientClient(service).get("/actuator/health");
    }

    private void assertWhole(int tasks) {
        try (ServiceProcess again = ServiceProcess.on(home)) {
            PatientClient client = new PatientClient(again);
            for (String path :
                    new String[] {"/api/tasks?limit=100&minPosition=" + tasks, "/api/state?position=" + tasks}) {
                HttpResponse<String> answer = client.get(path);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("task-0", "task-19").doesNotContain("elsewhere");
            }
            assertThat(health(again).statusCode()).isEqualTo(200);
        }
        Green.assertVerified(home);
    }
}
