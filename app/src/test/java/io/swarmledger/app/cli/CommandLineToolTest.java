package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal.Result;
import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StopAgent;
import io.swarmledger.commands.task.CancelTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.FailTask;
import io.swarmledger.commands.task.QueueTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.Envelope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CommandLineToolTest {

    @TempDir
    Path home;

    private Path ledger;

    @BeforeEach
    void nameLedger() {
        ledger = home.resolve("ledger");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qury",
                "query",
                "query agent",
                "query tasks --limit many",
                "query events --after yesterday",
                "query events --order sideways",
                "replay",
                "replay agents",
                "state",
                "state a --version 1 --at 2",
                "demo --tasks 0",
                "import",
                "serve --port x",
                "serve --port 99999",
                "serve --port -1",
                "serve --port 0 --bind nosuch.invalid",
                "serve --port 0 --bind 192.0.2.1"
            })
    void wrongUsageIsNamedAndStartsNothing(String words) {
        Result result = Terminal.run((Object[]) (words + " --data " + ledger).split(" "));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).isNotBlank();
        assertThat(result.out()).isEmpty();
        assertThat(ledger).doesNotExist();
    }

    /** What there is in it the ledger must be asked for, but a value that could be in none is wrong usage all the same. */
    @Test
    void aValueThatCannotBeIsWrongUsageAndWhatIsNotThereIsNot() {
        try (TestLedger open = TestLedger.in(ledger)) {
            open.send(new CreateTask("task-1", "x", "T"));
            open.caughtUp();
        }
        Path file = home.resolve("export.ndjson");
        Terminal.run("export", file, "--data", ledger).succeeded();

        for (String words : List.of(
                "query tasks --status bogus",
                "query tasks --priority bogus",
                "query tasks --limit -1",
                "query agents --health bogus",
                "query agents --cursor bogus",
                "query swarms --status bogus",
                "query events --after 1d",
                "query events --aggregate-type robot",
                "query events --offset -1",
                "query stats --top 0",
                "query suspects",
                "query differences --after 1d",
                "query differences --limit 0",
                "query suspects --task-id task-1 --swarm-id swarm",
                "query suspects --task-id task-1 --limit 0",
                "state task-1 --version 0",
                "state --all --position -1",
                "diff --from -1",
                "import " + file + " --prefix a/b")) {
            Result result = Terminal.run((Object[]) (words + " --data " + ledger).split(" "));

            assertThat(result.exitCode()).as(words + ": " + result.err()).isEqualTo(2);
            assertThat(result.err()).as(words).isNotBlank();
            assertThat(result.out()).as(words).isEmpty();
        }
        for (String words : List.of(
                "query suspects --task-id nobody",
                "query suspects --task-id task-1",
                "query suspects --swarm-id none",
                "state nobody",
                "trace nothing",
                "state task-1 --version 2")) {
            assertThat(Terminal.run((Object[]) (words + " --data " + ledger).split(" "))
                            .exitCode())
                    .as(words)
                    .isEqualTo(1);
        }
        for (String words : List.of(
                "state --all --position 2",
                "diff --from 0 --to 2",
                "diff --from 2",
                "query events --after-position 2",
                "fork " + home.resolve("fork") + " --at 2")) {
            Result result = Terminal.run((Object[]) (words + " --data " + ledger).split(" "));

            assertThat(result.exitCode()).as(words).isEqualTo(1);
            assertThat(result.err()).as(words).contains("position 2", "1");
            assertThat(result.out()).as(words).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsTheExitCode() {
        try (TestLedger open = TestLedger.in(ledger)) {
            open.send(new CreateTask("task-1", "x", "T"));
            open.caughtUp();
            Result well = Terminal.run("incidents", "--data", ledger);
            assertThat(well.exitCode()).as(well.err()).isZero();

            open.send(new StartTask("task-1", "agent-1"));
            open.send(new FailTask("task-1", "no disk, request req_12ab34cd"));
            open.caughtUp();
            Result failed = Terminal.run("incidents", "--data", ledger);
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.out()).contains("failure", "no disk, request <id>", "task-1");
            Result suspects = Terminal.run("query", "suspects", "--task-id", "task-1", "--data", ledger)
                    .succeeded();
            assertThat(suspects.out()).contains("agent-1", "at-work", "task:failed");
            assertThat(Terminal.run("query", "differences", "--data", ledger)
                            .succeeded()
                            .err())
                    .contains("1 attempts failed, 0 were completed");
            assertThat(Terminal.run("incidents", "--json", "--data", ledger)
                            .json()
                            .get("open")
                            .intValue())
                    .isEqualTo(1);
            assertThat(Terminal.run("incidents", "--rule", "circle", "--data", ledger)
                            .exitCode())
                    .isZero();
            assertThat(Terminal.run("incidents", "--rule", "bad", "--data", ledger)
                            .exitCode())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo", "import", "query", "query tasks", "replay", "state", "trace", "incidents"})
    void eachCommandExplainsItself(String command) {
        Result result = Terminal.run((Object[]) (command + " --help").split(" "));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Usage: swarm-ledger " + command).contains("--help");
    }

    @Test
    void whoeverImportsIsToldWhatCanBe() {
        assertThat(Terminal.run("import", "--help").succeeded().out()).contains("claude-flow", "NDJSON", "export");
        assertThat(Terminal.run("--help").succeeded().out().lines())
                .anyMatch(line -> line.matches(" +import +Imports.*NDJSON.*"));
    }

    @Test
    void aPortThatIsTakenIsToldBeforeALedgerIsMade() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = Terminal.run("serve", "--port", other.getLocalPort(), "--data", ledger);

            assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
            assertThat(result.err()).contains("port " + other.getLocalPort() + " of 127.0.0.1", "--port");
            assertThat(ledger).doesNotExist();
        }
    }

    @Test
    void aVersionThatIsNotThereYetIsToldWithTheLast() {
        Terminal.run("demo", "--tasks", 3, "--data", ledger).succeeded();
        long last = Terminal.run("state", "swarm", "--json", "--data", ledger)
                .succeeded()
                .json()
                .get("version")
                .longValue();

        Result result = Terminal.run("state", "swarm", "--version", last + 1, "--data", ledger);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("swarm has no version " + (last + 1) + ": its last is " + last);
        Terminal.run("state", "swarm", "--version", last, "--data", ledger).succeeded();
    }

    @Test
    void whereThereIsNoLedgerNoneIsMadeByAsking() {
        Result result = Terminal.run("query", "agents", "--data", ledger);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("There is no ledger in " + ledger);
        assertThat(ledger).doesNotExist();
    }

    @Test
    void theDemoIsPlayedAndAskedAbout() {
        Result demo = Terminal.run("demo", "--tasks", 12, "--data", ledger).succeeded();
        assertThat(demo.out()).contains("queen-coordinator", "Tasks: ", "hierarchical-mesh");

        JsonNode tasks = Terminal.run("query", "tasks", "--json", "--data", ledger)
                .succeeded()
                .json();
        assertThat(tasks.get("total").asInt()).isEqualTo(12);
        assertThat(tasks.get("next").isNull()).isTrue();

        Terminal.run("demo", "--tasks", 3, "--data", ledger).succeeded();
        JsonNode swarms = Terminal.run("query", "swarms", "--json", "--data", ledger)
                .succeeded()
                .json();
        assertThat(swarms.get("items").findValuesAsString("id")).containsExactly("demo2-swarm", "swarm");
        JsonNode agents = Terminal.run("query", "agents", "--swarm-id", "demo2-swarm", "--json", "--data", ledger)
                .succeeded()
                .json();
        assertThat(agents.get("total").asInt()).isEqualTo(15);
    }

    @Test
    void whatWasPlayedFromOneSeedIsPlayedAgain() {
        Path other = home.resolve("other");
        Terminal.run("demo", "--tasks", 20, "--seed", 3, "--data", ledger).succeeded();
        Terminal.run("demo", "--tasks", 20, "--seed", 3, "--data", other).succeeded();

        assertThat(typesIn(ledger)).isEqualTo(typesIn(other)).contains("task:failed", "task:blocked");
    }

    private static List<String> typesIn(Path ledger) {
        return Terminal.run("query", "events", "--limit", 10_000, "--json", "--data", ledger)
                .succeeded()
                .json()
                .get("items")
                .findValuesAsString("type");
    }

    @Test
    void aLedgerThatAnotherProcessHoldsIsReadBesideItAndNotWritten() {
        try (TestLedger holder = TestLedger.in(ledger)) {
            holder.send(new SpawnAgent("agent-1", "coder"));
            holder.caughtUp();

            Result agents = Terminal.run("query", "agents", "--data", ledger).succeeded();
            assertThat(agents.out()).contains("agent-1").contains("coder");
            Result demo = Terminal.run("demo", "--tasks", 1, "--data", ledger);
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.err())
                    .contains(ledger.toString())
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aQueryWhoseViewIsBehindIsRefusedWhileAnotherHoldsTheLedgerAndAnsweredAfterwards() throws Exception {
        try (TestLedger first = TestLedger.in(ledger)) {
            first.send(new SpawnAgent("agent-1", "coder"));
            first.caughtUp();
        }
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(ledger.resolve("views.db" + suffix));
        }
        try (LedgerDirectory held = LedgerDirectory.take(ledger.toString())) {
            Result refused = Terminal.run("query", "agents", "--data", ledger);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("process " + ProcessHandle.current().pid());
            Terminal.run("query", "events", "--data", held.files().directory()).succeeded();
        }

        Result answered = Terminal.run("query", "agents", "--data", ledger).succeeded();
        assertThat(answered.out()).contains("agent-1");
    }

    @Test
    void eventsAreFoundByTheirWords() {
        Terminal.run("demo", "--tasks", 5, "--data", ledger).succeeded();
        Result table = Terminal.run("query", "events", "--search", "task:created", "--data", ledger)
                .succeeded();
        assertThat(table.out()).contains("FOUND IN", "type: [task:created]");
        Result json = Terminal.run(
                        "query", "events", "--search", "type:created", "--limit", 2, "--json", "--data", ledger)
                .succeeded();
        assertThat(json.json().path("items")).hasSize(2).allSatisfy(found -> {
            assertThat(found.at("/event/type").stringValue()).isEqualTo("task:created");
            assertThat(found.at("/matches/0/field").stringValue()).isEqualTo("type");
        });
        assertThat(json.json().path("total").intValue()).isEqualTo(5);
        Result refused = Terminal.run("query", "events", "--search", "-created", "--data", ledger);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("only what is not to be there");
    }

    @Test
    void anAggregateIsShownNowAndThen() {
        try (TestLedger open = TestLedger.in(ledger)) {
            CommandGateway commands = open.bean(CommandGateway.class);
            commands.sendAndWait(
                    new CreateTask("task-1", "x", "T"),
                    MetaData.from(Envelope.from("swarm").at(1_767_517_201_000d).toMetaData()));
            commands.sendAndWait(
                    new QueueTask("task-1"),
                    MetaData.from(Envelope.from("swarm").at(1_767_517_202_000d).toMetaData()));
        }

        assertThat(statusOf("state", "task-1")).isEqualTo("queued");
        assertThat(statusOf("state", "task-1", "--version", 1)).isEqualTo("pending");
        assertThat(statusOf("state", "task-1", "--at", 1_767_517_201_999L)).isEqualTo("pending");
        assertThat(statusOf("state", "task-1", "--at", "2026-01-04T09:00:02Z")).isEqualTo("queued");
        Result before = Terminal.run("state", "task-1", "--at", 1_767_517_200_999L, "--data", ledger);
        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.err()).contains("task task-1").contains("task:created at position 1");
        Result unknown = Terminal.run("state", "nobody", "--data", ledger);
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("nobody");
    }

    @Test
    void aTimeInATableHasItsZoneAndIsTakenBackWhereverOneIs() {
        TimeZone here = TimeZone.getDefault();
        try (TestLedger open = TestLedger.in(ledger)) {
            open.send(new CreateTask("task-1", "x", "T"), Envelope.from("swarm").at(1_767_517_200_001d));
            open.send(new QueueTask("task-1"), Envelope.from("swarm").at(1_767_517_200_001.25));
        }
        try {
            for (String zone : List.of("Asia/Tokyo", "America/St_Johns", "UTC")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                String events = Terminal.run("query", "events", "--data", ledger)
                        .succeeded()
                        .out();
                assertThat(events).as(zone).contains("2026-01-04T09:00:00.001Z", "2026-01-04T09:00:00.00125Z");
                assertThat(statusOf("state", "task-1", "--at", "2026-01-04T09:00:00.001Z"))
                        .isEqualTo("pending");
                assertThat(statusOf("state", "task-1", "--at", "2026-01-04T09:00:00.00125Z"))
                        .isEqualTo("queued");
                assertThat(Terminal.run("state", "--all", "--at", "2026-01-04T18:00:00.001+09:00", "--data", ledger)
                                .succeeded()
                                .out())
                        .startsWith("Position 1, 2026-01-04T09:00:00.001Z");
            }
        } finally {
            TimeZone.setDefault(here);
        }
        assertThat(Terminal.run("query", "events", "--after", "1d", "--data", ledger)
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void listsAreOfATime() {
        try (TestLedger open = TestLedger.in(ledger)) {
            open.send(new SpawnAgent("early", "coder"), Envelope.from("swarm").at(1_767_517_200_000d));
            open.send(new StopAgent("early", "done"), Envelope.from("swarm").at(1_767_517_200_000d));
            open.send(new CreateTask("first", "x", "T"), Envelope.from("swarm").at(1_767_517_200_000d));
            open.send(new CancelTask("first", null), Envelope.from("swarm").at(1_767_520_800_000d));
            open.send(new SpawnAgent("late", "coder"), Envelope.from("swarm").at(1_767_524_400_000d));
            open.send(new CreateTask("second", "x", "T"), Envelope.from("swarm").at(1_767_524_400_000d));
            open.send(new StartTask("second", "late"), Envelope.from("swarm").at(1_767_524_400_000d));
            open.send(new FailTask("second", "lost"), Envelope.from("swarm").at(1_767_524_400_000d));
        }

        assertThat(idsOf("query", "agents", "--before", "2026-01-04T11:00:00Z")).containsExactly("early");
        assertThat(idsOf("query", "agents", "--after", "2026-01-04T10:00:00Z")).containsExactly("late");
        assertThat(idsOf("query", "tasks", "--before", "2026-01-04T11:00:00Z")).containsExactly("first");
        assertThat(idsOf("query", "tasks", "--after", "2026-01-04T10:30:00Z")).containsExactly("second");
        assertThat(Terminal.run("incidents", "--json", "--before", "2026-01-04T10:00:00Z", "--data", ledger)
                        .json()
                        .at("/openElsewhere")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void everythingIsShownAsItWasAndWhatChangedSince() {
        try (TestLedger open = TestLedger.in(ledger)) {
            open.send(new CreateTask("task-1", "x", "T"));
            open.send(new CreateTask("task-2", "x", "T"));
            open.send(new QueueTask("task-1"));
        }

        assertThat(Terminal.run("state", "--all", "--position", "2", "--data", ledger)
                        .succeeded()
                        .out()
                        .lines())
                .anyMatch(line -> line.startsWith("Position 2, "))
                .anyMatch(line -> line.equals("tasks: 2 pending"))
                .anyMatch(line -> line.matches(" *task-2 .*pending.*"))
                .anyMatch(line -> line.equals("agents: none"));
        assertThat(Terminal.run("state", "--all", "--json", "--data", ledger)
                        .succeeded()
                        .json()
                        .at("/counts/tasks/queued")
                        .asInt())
                .isEqualTo(1);
        assertThat(Terminal.run("diff", "--from", "1", "--data", ledger)
                        .succeeded()
                        .out()
                        .lines())
                .anyMatch(line -> line.matches(" *changed task +task-1 +status +pending +queued +#3 task:queued *"))
                .anyMatch(line -> line.matches(" *appeared task +task-2 +title +- +T +#2 task:created *"));
        assertThat(Terminal.run("diff", "--from", "3", "--data", ledger)
                        .succeeded()
                        .out())
                .contains("Nothing is different.");
        assertThat(Terminal.run("state", "task-1", "--position", "2", "--data", ledger)
                        .exitCode())
                .isEqualTo(2);
        assertThat(Terminal.run("state", "--all", "--version", "2", "--data", ledger)
                        .exitCode())
                .isEqualTo(2);
        assertThat(Terminal.run("diff", "--data", ledger).exitCode()).isEqualTo(2);
        Result backwards = Terminal.run("diff", "--from", "3", "--to", "1", "--data", ledger);
        assertThat(backwards.exitCode()).isEqualTo(2);
        assertThat(backwards.err()).contains("position 1 is before that of from, 3");
    }

    @Test
    void twoRunsAreComparedTaskByTask() {
        try (TestLedger open = TestLedger.in(ledger)) {
            for (String prefix : List.of("", "second-")) {
                new DemoSwarm(open.commands(), prefix, 5, 7, 1_767_517_200_000d, (done, all) -> {}).play();
            }
        }

        assertThat(Terminal.run("diff", "--runs", "swarm", "second-swarm", "--data", ledger)
                        .succeeded()
                        .out())
                .contains("Both did the same.", "5 tasks are in both: 5 of them differ in nothing.");
        Result part = Terminal.run("diff", "--runs", "swarm", "second-swarm", "--a-to", "20", "--data", ledger)
                .succeeded();
        assertThat(part.out()).contains("They part first", "only the second has", "presence");
        assertThat(part.err()).contains("read up to position 20 and ");
        assertThat(part.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(250));
        assertThat(Terminal.run("diff", "--runs", "swarm", "second-swarm", "--json", "--data", ledger)
                        .succeeded()
                        .json()
                        .get("matched")
                        .asInt())
                .isEqualTo(5);
        Result nothing = Terminal.run("diff", "--runs", "swarm", "nowhere", "--data", ledger);
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.err()).contains("The log knows no event of swarm nowhere");
        assertThat(Terminal.run("diff", "--runs", "swarm", "--data", ledger).exitCode())
                .isEqualTo(2);
        assertThat(Terminal.run("diff", "--runs", "a", "b", "--from", "1", "--data", ledger)
                        .exitCode())
                .isEqualTo(2);
        assertThat(Terminal.run("diff", "--field", "result", "--data", ledger).exitCode())
                .isEqualTo(2);
    }

    @Test
    void aForkGoesOnByItselfAndWhereItPartsIsNamed() {
        String fork = ledger.resolveSibling("fork").toString();
        try (TestLedger open = TestLedger.in(ledger)) {
            open.send(new CreateTask("task-1", "x", "T"));
            open.send(new QueueTask("task-1"));
        }

        Terminal.run("fork", fork, "--at", "1", "--data", ledger).succeeded();
        assertThat(Terminal.run("diff", "--with", fork, "--data", ledger)
                        .succeeded()
                        .out())
                .contains("The other log ends before position 2, where this one has task:queued of task-1");
        try (TestLedger open = TestLedger.in(fork)) {
            open.send(new StartTask("task-1", "agent-1"));
        }

        assertThat(Terminal.run("diff", "--with", fork, "--data", ledger)
                        .succeeded()
                        .out())
                .contains("The two logs part at position 2 in id, type")
                .containsPattern("changed task +task-1 +status +queued +in-progress +#2 task:started");
        assertThat(Terminal.run("diff", "--with", fork, "--json", "--data", ledger)
                        .succeeded()
                        .json()
                        .at("/divergence/position")
                        .asInt())
                .isEqualTo(2);
        assertThat(Terminal.run("diff", "--with", ledger, "--data", ledger)
                        .succeeded()
                        .out())
                .contains("The two logs say the same.");
        Path nowhere = ledger.resolveSibling("nowhere.db");
        Result nothing = Terminal.run("diff", "--with", nowhere, "--data", ledger);
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.err()).contains("There is no ledger at " + nowhere);
        assertThat(nowhere).as("what is only read").doesNotExist();
        Path views = ledger.resolve("views.db");
        Result noLog = Terminal.run("diff", "--with", views, "--data", ledger);
        assertThat(noLog.exitCode()).isEqualTo(1);
        assertThat(noLog.err()).contains(views + " is no ledger's log");
        assertThat(Terminal.run("verify", "--data", fork).succeeded().out()).contains("ok");
        Result beyond = Terminal.run("fork", fork + "2", "--at", "9", "--data", ledger);
        assertThat(beyond.exitCode()).isEqualTo(1);
        assertThat(beyond.err()).contains("no position 9");
    }

    @Test
    void anEventIsTracedToItsCauseAndToWhatItLedTo() {
        String queued;
        try (TestLedger open = TestLedger.in(ledger)) {
            open.send(new CreateTask("task-1", "x", "T"));
            queued = open.send(new QueueTask("task-1")).id();
            open.send(new StartTask("task-1", "agent-1"), Envelope.from("swarm").causedBy(queued));
        }

        assertThat(Terminal.run("trace", queued, "--data", ledger)
                        .succeeded()
                        .out()
                        .lines())
                .anyMatch(line -> line.matches(" *-1 .*task:created .*inferred: same task *"))
                .anyMatch(line -> line.matches(" *0 .*task:queued .*"))
                .anyMatch(line -> line.matches(" *\\+1 .*task:started .*recorded *"));
        assertThat(Terminal.run("trace", queued, "--json", "--data", ledger)
                        .succeeded()
                        .json()
                        .at("/effects/0/event/type")
                        .asString())
                .isEqualTo("task:started");
        Result unknown = Terminal.run("trace", "nothing", "--data", ledger);
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("no event nothing");
    }

    private String statusOf(Object... words) {
        return answer(words).get("state").get("status").asString();
    }

    private List<String> idsOf(Object... words) {
        return answer(words)
                .get("items")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    private JsonNode answer(Object... words) {
        Object[] all = new Object[words.length + 3];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--json";
        all[words.length + 1] = "--data";
        all[words.length + 2] = ledger;
        return Terminal.run(all).succeeded().json();
    }

    @Test
    void aReplayMakesADamagedViewRightAgain() throws Exception {
        Terminal.run("demo", "--tasks", 5, "--data", ledger).succeeded();
        String before =
                Terminal.run("query", "tasks", "--json", "--data", ledger).out();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + ledger.resolve("views.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE task_history SET state = json_set(state, '$.status', 'completed')");
            statement.executeUpdate("DELETE FROM task_history WHERE id = 'task-2'");
        }
        assertThat(Terminal.run("query", "tasks", "--json", "--data", ledger).out())
                .isNotEqualTo(before);

        Result replay = Terminal.run("replay", "task-history", "--data", ledger).succeeded();

        assertThat(replay.err()).contains("task-history rebuilt from");
        assertThat(Terminal.run("query", "tasks", "--json", "--data", ledger).out())
                .isEqualTo(before);
        Terminal.run("replay", "all", "--data", ledger).succeeded();
        assertThat(Terminal.run("query", "tasks", "--json", "--data", ledger).out())
                .isEqualTo(before);
    }

    @Test
    void whatCouldSteerATerminalIsShownAsText() {
        String hostile = "\u001b[2J\u202Eevil\u0007";
        try (TestLedger open = TestLedger.in(ledger)) {
            open.send(new CreateTask("task-1", "x", hostile));
            open.caughtUp();
        }

        Result table = Terminal.run("query", "tasks", "--data", ledger).succeeded();
        assertThat(table.out()).contains("\\u001b[2J\\u202eevil\\u0007").doesNotContain("\u001b", "\u202E", "\u0007");
        assertThat(Terminal.run("state", "task-1", "--data", ledger).succeeded().out())
                .doesNotContain("\u001b", "\u202E", "\u0007");
        JsonNode items = Terminal.run("query", "tasks", "--json", "--data", ledger)
                .json()
                .get("items");
        assertThat(items.get(0).get("title").asString()).isEqualTo(hostile);
    }

    @Test
    void aValueOutOfRangeIsNamed() {
        try (TestLedger open = TestLedger.in(ledger)) {
            open.send(new CreateTask("task-1", "x", "T"));
            open.caughtUp();
        }

        Result result = Terminal.run("query", "tasks", "--limit", -1, "--data", ledger);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("limit").contains("-1");
    }
}
