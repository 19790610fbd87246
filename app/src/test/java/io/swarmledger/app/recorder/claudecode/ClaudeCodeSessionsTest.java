package io.swarmledger.app.recorder.claudecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.imports.Following;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.ImportRefused;
import io.swarmledger.app.imports.ImportWish;
import io.swarmledger.app.imports.Imported;
import io.swarmledger.app.imports.IntoALog;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.recorder.Content;
import io.swarmledger.commands.AggregateTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recorded session, imported as a whole and while it grows. */
class ClaudeCodeSessionsTest extends IntoALog {

    private static final Path RECORDED = Path.of("src/test/resources/claude-code");
    private static final String SESSION = "1fb5cc3e-8f70-4ec4-90d5-9843b6b90e74";

    private Path home;
    private Path session;

    @BeforeEach
    void aHome() throws IOException {
        home = directory.resolve("claude");
        try (Stream<Path> files = Files.walk(RECORDED)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = home.resolve(RECORDED.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        session = home.resolve("projects/-home-user-project/" + SESSION + ".jsonl");
    }

    private Import imports() {
        return new Import(ledger, AggregateTypes.ofLedger().storedTypes());
    }

    private long count() throws Exception {
        return Long.parseLong(
                texts("SELECT CAST(count(*) AS TEXT) FROM DomainEventEntry").get(0));
    }

    @Test
    void aHomeItsProjectsOneProjectAndOneSessionAreTheSame() throws Exception {
        Imported whole = take(home);

        assertThat(whole.added()).isGreaterThan(20);
        assertThat(whole.unread()).isEmpty();
        assertThat(whole.passedOver()).isNotEmpty();
        assertThat(texts("SELECT DISTINCT swarmId FROM DomainEventEntry")).containsExactly(SESSION);
        assertThat(texts("SELECT DISTINCT metaData ->> 'content' FROM DomainEventEntry"))
                .containsExactly("titles");
        for (Path part : List.of(home.resolve("projects"), session.getParent(), session)) {
            assertThat(take(part).added()).as(part.toString()).isZero();
        }
    }

    @Test
    void noMoreIsKeptThanIsWished() throws Exception {
        imports().from(home, ImportWish.USUAL.with(Content.NONE), Progress.SILENT);

        assertThat(texts("SELECT payload FROM DomainEventEntry WHERE payload ->> 'title' IS NOT NULL"
                        + " AND payloadType = 'agent:tool-called'"))
                .isEmpty();
        assertThat(texts("SELECT DISTINCT metaData ->> 'content' FROM DomainEventEntry"))
                .containsExactly("none");
    }

    @Test
    void aFolderWithoutSessionsIsNone() throws Exception {
        Path empty = Files.createDirectories(directory.resolve("empty/projects"));

        assertThatThrownBy(() -> take(empty))
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining("is a directory in which nothing is that can be imported");
    }

    @Test
    void whatIsWrittenMeanwhileIsFollowedAndTheEndIsClean() throws Exception {
        List<String> lines = Files.readAllLines(session);
        Files.write(session, lines.subList(0, 8));
        List<Imported> rounds = new CopyOnWriteArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        Following following = new Following(imports(), ImportWish.USUAL, Clock.systemUTC(), rounds::add);
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> follow(following, ended));
        try {
            Awaitility.await().until(() -> rounds.size() == 1);
            long first = count();
            String next = String.join("\n", lines.subList(8, lines.size()));
            Files.writeString(session, next.substring(0, next.length() / 2), StandardOpenOption.APPEND);
            Awaitility.await().until(() -> rounds.size() >= 2);
            Files.writeString(session, next.substring(next.length() / 2) + "\n", StandardOpenOption.APPEND);
            Awaitility.await().until(() -> rounds.size() >= 3);
            assertThat(count()).isGreaterThan(first);
        } finally {
            ended.countDown();
        }
        work.get(30, TimeUnit.SECONDS);
        assertThat(rounds.stream().mapToLong(Imported::added).sum()).isEqualTo(count());
        assertThat(take(home).added())
                .as("nothing is missing, nothing was told twice")
                .isZero();
    }

    private void follow(Following following, CountDownLatch ended) {
        try {
            following.follow(home, ended);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
