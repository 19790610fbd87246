package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("S6 a file cut by another process: what reads it may fail, the service goes on")
class S06CutFilesTest {

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"views.db", "timetravel.db", "search.db"})
    void theServiceOutlivesIt(String name) throws Exception {
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            for (int i = 0; i < 50; i++) {
                assertThat(create(service, "task-" + i)).isEqualTo(201);
            }
            // What the write-ahead log has is in the file from here on, and is read there.
            service.terminate();
        }
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            ask(service);

            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
                file.setLength(8_192);
            }

            for (int i = 0; i < 5; i++) {
                ask(service);
                assertThat(create(service, "after-" + i)).isEqualTo(201);
            }
            assertThat(service.isAlive()).as(service.toString()).isTrue();
            int health = status(service, "/actuator/health");
            assertThat(health).as("a reason, not a failure").isIn(200, 503);
            service.kill();
        }
        assertThat(Green.stored(directory)).hasSize(55);
        Files.deleteIfExists(directory.resolve(name));
        Green.assertVerified(directory);
    }

    /**
     * SQLite maps it whatever it is told, and the operating system ends a process that reads behind the end of a mapped
     * file. What was acknowledged lies elsewhere.
     */
    @ParameterizedTest
    @ValueSource(strings = {"events.db-shm", "views.db-shm", "timetravel.db-shm"})
    void whereTheServiceDoesNotOutliveItNothingIsLost(String name) throws Exception {
        Set<String> acknowledged = new HashSet<>();
        try (ServiceProcess service = ServiceProcess.on(
                directory, "-XX:ErrorFile=" + directory.resolveSibling("error.log"), "-XX:-CreateCoredumpOnCrash")) {
            for (int i = 0; i < 20; i++) {
                createInto(acknowledged, service, "before-" + i);
            }
            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
                file.setLength(0);
            }
            for (int i = 0; i < 5 && service.isAlive(); i++) {
                try {
                    createInto(acknowledged, service, "after-" + i);
                } catch (IOException ended) {
                    service.ended();
                }
            }
        }
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            createInto(acknowledged, service, "again");
            assertThat(acknowledged).contains("again").hasSizeGreaterThan(20);
        }
        Green.assertVerified(directory);
        assertThat(Green.stored(directory).keySet()).containsAll(acknowledged);
    }

    private void createInto(Set<String> acknowledged, ServiceProcess service, String id) throws Exception {
        if (create(service, id) == 201) {
            acknowledged.add(id);
        }
    }

    private void ask(ServiceProcess service) throws Exception {
        for (String path :
                List.of("/api/tasks", "/api/tasks/task-7", "/api/state", "/api/state?position=20", "/api/stats")) {
            status(service, path);
        }
    }

    private int status(ServiceProcess service, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(service, path)).build(), BodyHandlers.ofString())
                .statusCode();
    }

    private int create(ServiceProcess service, String id) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(uri(service, "/api/tasks"))
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", id)
                                .POST(BodyPublishers.ofString("{\"taskId\":\"" + id + "\",\"title\":\"One of many\"}"))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private static URI uri(ServiceProcess service, String path) {
        return URI.create("http://127.0.0.1:" + service.port() + path);
    }
}
