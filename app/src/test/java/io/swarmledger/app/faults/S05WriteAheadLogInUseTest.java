package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.log.sqlite.Verification;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("S5 a write-ahead log removed, replaced or cut under a running service")
class S05WriteAheadLogInUseTest {

    private static final int BEFORE = 20;

    @TempDir
    Path home;

    private final Set<String> acknowledged = new HashSet<>();

    /** What happens to {@code events.db-wal}, and whether what was acknowledged is lost with it. */
    enum Damage {
        REMOVED(false) {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        },
        REPLACED(false) {
            @Override
            void to(Path file) throws IOException {
                Path copy = file.resolveSibling("copy");
                Files.copy(file, copy);
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            }
        },
        EMPTIED(true) {
            @Override
            void to(Path file) throws IOException {
                cut(file, 0);
            }
        },
        CUT(true) {
            @Override
            void to(Path file) throws IOException {
                cut(file, Files.size(file) / 2);
            }
        };

        private final boolean loses;

        Damage(boolean loses) {
            this.loses = loses;
        }

        abstract void to(Path file) throws IOException;

        private static void cut(Path path, long length) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNoticedBeforeAnythingIsAcknowledged(Damage damage) throws Exception {
        Path directory = home.resolve("ledger");
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            for (int i = 0; i < BEFORE; i++) {
                assertThat(create(service, "before-" + i).statusCode()).isEqualTo(201);
            }

            damage.to(directory.resolve("events.db-wal"));

            for (int i = 0; i < 5; i++) {
                HttpResponse<String> refused = create(service, "after-" + i);
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                if (!damage.loses) {
                    assertThat(Json.mapper()
                                    .readTree(refused.body())
                                    .get("detail")
                                    .asString())
                            .contains("events.db-wal was removed or replaced");
                }
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                HttpResponse<String> health = new PatientClient(service).get("/actuator/health");
                assertThat(health.statusCode()).isEqualTo(503);
                assertThat(health.body())
                        .contains(damage.loses ? "events.db-wal was cut" : "events.db-wal was removed");
            });
            service.kill();
        }

        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(ledger.log().writer().obstacle().isPresent()).isEqualTo(damage.loses);
        }
        if (damage.loses) {
            assertThat(Verification.of(directory.resolve("events.db"), done -> {})
                            .problems())
                    .singleElement()
                    .asString()
                    .contains(" missing in ");
        } else {
            Green.assertVerified(directory);
            assertThat(Green.stored(directory).keySet())
                    .containsAll(acknowledged)
                    .hasSize(acknowledged.size());
            try (TestLedger ledger = TestLedger.in(directory)) {
                assertThat(ledger.send(new CreateTask("next", "testing", "Next"))
                                .position())
                        .isEqualTo(BEFORE + 1);
            }
        }
    }

    /** Nothing that it does would help: whatever watches it is to start it again. */
    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "CUT"})
    void theServiceEndsWhenItHasSaidSo(Damage damage) throws Exception {
        Path directory = home.resolve("ledger");
        try (ServiceProcess service = ServiceProcess.on(directory, ServiceProcess.SHORT_NOTICE)) {
            create(service, "before");
            damage.to(directory.resolve("events.db-wal"));
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                HttpResponse<String> health = new PatientClient(service).get("/actuator/health");
                assertThat(health.statusCode()).isEqualTo(503);
                assertThat(health.body()).contains("ledgerWorkers", "events.db-wal was");
            });
            assertThat(new PatientClient(service)
                            .get("/actuator/health/liveness")
                            .statusCode())
                    .as("whoever writes is told first")
                    .isEqualTo(200);

            assertThat(service.ended().exitCode()).isEqualTo(3);
            assertThat(service.toString()).contains("is to be started again, for it lost events.db");
        }
        try (ServiceProcess again = ServiceProcess.on(directory)) {
            assertThat(create(again, "again").statusCode()).isEqualTo(damage.loses ? 503 : 201);
        }
    }

    /** Nobody writes: it is told all the same. */
    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "CUT"})
    void isToldByTheHealthOfALedgerThatNobodyWritesTo(Damage damage) throws Exception {
        Path directory = home.resolve("ledger");
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            create(service, "before");
            damage.to(directory.resolve("events.db-wal"));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() ->
                            new PatientClient(service).get("/actuator/health").statusCode() == 503);
            assertThat(new PatientClient(service).get("/api/tasks").statusCode())
                    .isEqualTo(200);
            for (String page : List.of("/", "/failures", "/tasks", "/agents", "/memory", "/events", "/operations")) {
                HttpResponse<String> shown = new PatientClient(service).get(page);
                // What was removed may still be read, or no more: none of both is calm.
                assertThat(shown.statusCode() == 503 || shown.body().contains("<b>Nothing can be recorded.</b>"))
                        .as(page + ": " + shown.body())
                        .isTrue();
            }
        }
    }

    private HttpResponse<String> create(ServiceProcess service, String id) {
        HttpResponse<String> answer = new PatientClient(service).create(id);
        if (answer.statusCode() == 201) {
            acknowledged.add(id);
        }
        return answer;
    }
}
