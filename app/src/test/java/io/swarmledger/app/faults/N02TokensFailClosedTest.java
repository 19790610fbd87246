package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.RawHttp;
import io.swarmledger.app.http.RawHttp.Answer;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Against one process: what it has demanded once it demands to its end, so that the open door comes first. */
@DisplayName("N2 a file of tokens that cannot be read, or is gone, lets nobody in")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class N02TokensFailClosedTest {

    @TempDir
    static Path directory;

    private static ServiceProcess service;
    private static Path file;

    @BeforeAll
    static void open() {
        service = ServiceProcess.on(directory);
        file = new LedgerFiles(directory).tokens();
    }

    @AfterAll
    static void close() {
        service.close();
    }

    private interface Damage {
        void make() throws Exception;
    }

    private static Answer ask(String... authorization) {
        String[] headers = authorization.length == 0
                ? new String[] {"Host: localhost"}
                : new String[] {"Host: localhost", "Authorization: Bearer " + authorization[0]};
        return RawHttp.send(service.port(), "GET", "/api/stats", "", headers);
    }

    private static void clear() throws IOException {
        Files.deleteIfExists(file);
    }

    private static Map<String, Damage> damages() {
        Map<String, Damage> damages = new LinkedHashMap<>();
        damages.put("a link that leads nowhere", () -> Files.createSymbolicLink(file, Path.of("nowhere.json")));
        damages.put("a link to itself", () -> Files.createSymbolicLink(file, file.getFileName()));
        damages.put("a directory", () -> Files.createDirectory(file));
        damages.put("a pipe", () -> assertThat(Mounts.succeeds("mkfifo", file.toString()))
                .isTrue());
        damages.put("a device without end", () -> Files.createSymbolicLink(file, Path.of("/dev/zero")));
        damages.put("an empty device", () -> Files.createSymbolicLink(file, Path.of("/dev/null")));
        damages.put("nothing in it", () -> Files.createFile(file));
        damages.put("garbage", () -> Files.writeString(file, "\u0000garbage"));
        damages.put("null", () -> Files.writeString(file, "null"));
        damages.put("a token without a hash", () -> Files.writeString(file, "[{\"name\":\"a\",\"role\":\"reader\"}]"));
        damages.put(
                "a role that is none",
                () -> Files.writeString(file, "[{\"name\":\"a\",\"role\":\"root\",\"hash\":\"x\",\"createdAt\":1}]"));
        damages.put("too long", () -> Files.writeString(file, "[" + " ".repeat(5 << 20) + "]"));
        damages.put("garbage of 1970", () -> {
            Files.writeString(file, "garbage");
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        });
        return damages;
    }

    @Test
    @Order(1)
    void withoutOneTheDoorIsOpenUntilThereIsOneOfWhateverKind() throws Exception {
        assertThat(ask().status()).isEqualTo(200);
        for (Map.Entry<String, Damage> damage : damages().entrySet()) {
            damage.getValue().make();
            for (Answer answer : new Answer[] {ask(), ask("slt_any")}) {
                assertThat(answer.status()).as(damage.getKey() + ": " + answer).isEqualTo(503);
                assertThat(answer.body()).contains("tokens-unreadable");
                assertThat(answer.header("Retry-After")).isPresent();
            }
            Answer health = RawHttp.send(service.port(), "GET", "/actuator/health", "", "Host: localhost");
            assertThat(health.status()).as(damage.getKey()).isEqualTo(503);
            assertThat(RawHttp.send(service.port(), "GET", "/actuator/health/liveness", "", "Host: localhost")
                            .status())
                    .isEqualTo(200);
            clear();
            assertThat(ask().status()).as("gone is not open").isEqualTo(503);
        }
        assertThat(service.toString()).contains("Nobody is let in: " + file);
    }

    @Test
    @Order(2)
    void whoHasATokenIsLetInAgainOnceItCanBeRead() throws Exception {
        String secret = new TokenFile(new LedgerFiles(directory)).create("olga", Role.operator, Clock.systemUTC());
        assertThat(ask(secret).status()).isEqualTo(200);
        assertThat(ask().status()).isEqualTo(401);

        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(ask(secret).status()).as("written in 1970").isEqualTo(200);
        assertThat(ask().status()).isEqualTo(401);

        byte[] content = Files.readAllBytes(file);
        Path away = directory.resolve("tokens.away");
        Files.move(file, away);
        assertThat(ask(secret).status()).isEqualTo(503);
        assertThat(ask().status()).isEqualTo(503);
        Files.createSymbolicLink(file, away.getFileName());
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> ask(secret).status() == 200);
        clear();
        Files.write(file, Objects.requireNonNull(content));
        assertThat(ask(secret).status()).isEqualTo(200);
        clear();
        Files.writeString(file, "[]");
        assertThat(ask(secret).status()).as("an empty list").isEqualTo(401);
    }
}
