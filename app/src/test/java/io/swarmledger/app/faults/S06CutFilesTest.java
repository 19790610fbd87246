package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    @ValueSource(strings = {"views.db", "timetravel.db"})
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
        Files.delete(directory.resolve(name));
        Green.assertVerified(directory);
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
                                .POST(BodyPublishers.ofString("{\"taskId\":\"" + id + "\",\"title\":\"One of many\"}"))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private static URI uri(ServiceProcess service, String path) {
        return URI.create("http://127.0.0.1:" + service.port() + path);
    }
}
