package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerUnavailable;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;

@DisplayName("S4 the lock removed or replaced under a running service")
class S04LockRemovedTest {

    @TempDir
    Path directory;

    private final Set<String> acknowledged = new HashSet<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsMadeAgainAndKeepsTheNextOneOut(boolean replaced) throws Exception {
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            Path lock = directory.resolve("ledger.lock");
            String holder = Files.readString(lock);
            Files.delete(lock);
            if (replaced) {
                Files.writeString(lock, "");
            }

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> Files.exists(lock) && Files.readString(lock).equals(holder));
            assertThat(catchThrowable(() -> LedgerDirectory.take(directory.toString())))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("process " + holder);
            assertThat(create(service, "after").statusCode()).isEqualTo(201);
        }
    }

    /** The first one sleeps while its lock goes and a second one comes, so that it cannot make it again in time. */
    @Test
    void whoSleptThroughItWritesNothingMoreAndSaysSo() throws Exception {
        try (ServiceProcess first = ServiceProcess.on(directory, ServiceProcess.SHORT_NOTICE)) {
            assertThat(create(first, "first").statusCode()).isEqualTo(201);
            putToSleepBetweenTransactions(first);
            Files.delete(directory.resolve("ledger.lock"));
            try (ServiceProcess second = ServiceProcess.on(directory)) {
                assertThat(create(second, "second").statusCode()).isEqualTo(201);
                signal("-CONT", first);

                for (int i = 0; i < 3; i++) {
                    HttpResponse<String> refused = create(first, "refused-" + i);
                    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                    assertThat(refused.body()).contains("another process has taken the ledger");
                }
                assertThat(new PatientClient(first).get("/actuator/health").statusCode())
                        .isEqualTo(503);
                assertThat(create(second, "third").statusCode()).isEqualTo(201);
                assertThat(first.ended().exitCode()).isEqualTo(3);
                assertThat(create(second, "fourth").statusCode()).isEqualTo(201);
                second.kill();
            }
        }
        assertThat(Green.stored(directory).keySet()).isEqualTo(acknowledged);
        Green.assertVerified(directory);
    }

    /** Asleep within a transaction, it would keep everybody from that file, and no second service could start. */
    private void putToSleepBetweenTransactions(ServiceProcess service) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            signal("-STOP", service);
            if (writable("views.db") && writable("timetravel.db")) {
                return true;
            }
            signal("-CONT", service);
            return false;
        });
    }

    private boolean writable(String file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(file));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return true;
        } catch (SQLException failure) {
            if (failure.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code) {
                throw failure;
            }
            return false;
        }
    }

    private static void signal(String signal, ServiceProcess service) {
        assertThat(Mounts.succeeds("kill", signal, String.valueOf(service.pid())))
                .isTrue();
    }

    private HttpResponse<String> create(ServiceProcess service, String id) {
        HttpResponse<String> answer = new PatientClient(service).create(id);
        if (answer.statusCode() == 201) {
            acknowledged.add(id);
        }
        return answer;
    }
}
