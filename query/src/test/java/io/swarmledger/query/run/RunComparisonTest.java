package io.swarmledger.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.events.upcast.Upcasters;
import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogInMemory;
import io.swarmledger.query.run.Lanes.Stretch;
import io.swarmledger.query.run.RunComparison.Divergence;
import io.swarmledger.query.run.RunComparison.TaskOf;
import io.swarmledger.query.run.RunComparison.TaskPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How two runs differ, beside a comparison that is written out plainly. */
class RunComparisonTest {

    private static final int ROUNDS = 60;

    private final LogInMemory log = new LogInMemory();
    private final RunQueries queries =
            new RunQueries(log, new EventReader(LedgerSerializer.of(StoredTypes.events()), Upcasters.chain()));

    private RunComparison compare(String a, String b) {
        return queries.handle(CompareRuns.of(a, b).withLimit(CompareRuns.MAX_LIMIT));
    }

    private void run(String swarm, List<RandomRun.Told> events, UnaryOperator<String> named) {
        log.in(swarm);
        events.forEach(one -> log.happened(named.apply(one.id()), one.type(), one.payload(named)));
    }

    private void happened(String id, String type, String payload) {
        log.happened(id, type, "{" + payload.replace('\'', '"') + "}");
    }

    /** Two tasks of an agent; the second fails once where that is wanted. */
    private void small(String prefix, String result, boolean failsOnce) {
        String agent = prefix + "agent";
        happened(agent, "agent:spawned", "'role':'coder'");
        for (String title : List.of("build", "test")) {
            String task = prefix + title;
            happened(task, "task:created", "'taskType':'code','title':'" + title + "'");
            if (failsOnce && title.equals("test")) {
                happened(task, "task:started", "'agentId':'" + agent + "'");
                happened(task, "task:failed", "'error':'no room'");
            }
            happened(task, "task:started", "'agentId':'" + agent + "'");
            happened(
                    agent,
                    "agent:model-called",
                    "'model':'m','taskId':'" + task + "','inputTokens':10,'outputTokens':5");
            happened(task, "task:completed", "'result':" + result + ",'duration':7");
        }
    }

    @Test
    void aResultThatNamesItsOwnTaskIsTheSameWhateverThatIsCalled() {
        log.in("one");
        small("a-", "{'x':1.0,'y':['src/a-build.ts']}", false);
        log.in("two");
        small("b-", "{'y':['src/b-build.ts'],'x':1}", false);

        RunComparison runs = compare("one", "two");

        assertThat(runs.matched()).isEqualTo(2);
        assertThat(runs.same()).as("the one that names itself").isEqualTo(1);
        assertThat(runs.items()).singleElement().satisfies(pair -> {
            assertThat(pair.a().taskId()).as("the one that names another").isEqualTo("a-test");
            assertThat(pair.differs()).containsExactly("result");
        });
        assertThat(runs.agentCount()).isZero();
        assertThat(runs.a().tokens()).isEqualTo(30);
        assertThat(runs.a().isWhole()).isTrue();
    }

    @Test
    void theFirstEventInWhichTheyDifferIsNamedOnBothSides() {
        log.in("one");
        small("a-", "1", false);
        log.in("two");
        small("b-", "1", true);

        RunComparison runs = compare("one", "two");

        Divergence parting = runs.divergence();
        assertThat(parting.of()).isEqualTo("task");
        assertThat(parting.differs()).containsExactly("type");
        assertThat(parting.a().type()).isEqualTo("agent:model-called");
        assertThat(parting.b().type()).isEqualTo("task:failed");
        assertThat(parting.b().said()).isEqualTo("no room");
        assertThat(runs.items()).singleElement().satisfies(pair -> {
            assertThat(pair.by()).isEqualTo("title");
            assertThat(pair.differs()).containsExactly("failures", "attempts");
            assertThat(pair.a().taskId()).isEqualTo("a-test");
            assertThat(pair.b().taskId()).isEqualTo("b-test");
            assertThat(pair.b().error()).isEqualTo("no room");
        });
        assertThat(runs.differing()).containsExactly(Map.entry("failures", 1L), Map.entry("attempts", 1L));
    }

    @Test
    void whatOnlyOneHasIsSaidAndWhereTheOtherOneWasThen() {
        log.in("one");
        small("a-", "1", false);
        log.in("two");
        small("b-", "1", false);
        happened("b-more", "task:created", "'title':'more'");

        Divergence there = compare("two", "one").divergence();
        assertThat(there.b()).isNull();
        assertThat(there.a().aggregateId()).isEqualTo("b-more");
        assertThat(there.positionB()).as("the last event of the other").isEqualTo(9);

        RunComparison runs = compare("one", "two");
        assertThat(runs.divergence().a()).isNull();
        assertThat(runs.divergence().positionA()).isEqualTo(9);
        assertThat(runs.onlyInB()).isEqualTo(1);
        assertThat(runs.items()).singleElement().satisfies(pair -> {
            assertThat(pair.a()).isNull();
            assertThat(pair.b().taskId()).isEqualTo("b-more");
        });
    }

    @Test
    void runsThatFollowEachOtherInOneSwarmAreToldApartByPositions() {
        small("a-", "1", false);
        long between = log.head();
        small("b-", "2", false);
        CompareRuns query = CompareRuns.of("swarm", "swarm").withATo(between).withBFrom(between);

        RunComparison runs = queries.handle(query);

        assertThat(runs.differing()).containsExactly(Map.entry("result", 2L));
        assertThat(runs.a().position()).isEqualTo(between);
        assertThat(runs.b().from()).isEqualTo(between);
        assertThat(runs.divergence().differs()).containsExactly("result");
        assertThatThrownBy(() -> queries.handle(query.withBTo(log.head() + 1))).isInstanceOf(BeyondHead.class);
        assertThatThrownBy(() -> queries.handle(query.withAFrom(-1L))).isInstanceOf(InvalidQuery.class);
        assertThatThrownBy(() -> queries.handle(query.withField("colour"))).isInstanceOf(InvalidQuery.class);
        assertThatThrownBy(() -> queries.handle(query.withB(" "))).isInstanceOf(InvalidQuery.class);
    }

    @Test
    void pagesAreOfTheRunsAsTheyWereWhenTheFirstWasAsked() {
        log.in("one");
        small("a-", "1", false);
        log.in("two");
        small("b-", "2", false);
        CompareRuns query = CompareRuns.of("one", "two").withLimit(1);

        RunComparison first = queries.handle(query);
        happened("c", "task:created", "'title':'later'");
        RunComparison second = queries.handle(query.withCursor(first.next()));

        assertThat(first.total()).isEqualTo(2);
        assertThat(second.total()).as("that which came since is none of it").isEqualTo(2);
        assertThat(second.next()).isNull();
        assertThat(List.of(
                        first.items().get(0).a().taskId(),
                        second.items().get(0).a().taskId()))
                .containsExactly("a-build", "a-test");
        assertThat(queries.handle(query).total()).isEqualTo(3);
        assertThat(queries.handle(query.withField("result")).total()).isEqualTo(2);
    }

    @Test
    void whereTasksThatMatchBeganOneRunLiesBeneathTheOther() {
        log.in("one");
        small("a-", "1", false);
        log.in("two");
        happened("b-else", "task:created", "'title':'else'");
        happened("b-else", "task:started", "'agentId':'b-agent'");
        small("b-", "1", true);
        List<Stretch> above = stretches("one", null);
        List<Stretch> beneath = stretches("two", "one");

        assertThat(place(beneath, began("b-build"))).isEqualTo(place(above, began("a-build")));
        assertThat(place(beneath, began("b-test"))).isEqualTo(place(above, began("a-test")));
        assertThat(stretches("one", "one"))
                .allSatisfy(one -> assertThat(place(above, one.to())).isCloseTo(one.until(), within(200.0)));
        for (int i = 1; i < beneath.size(); i++) {
            assertThat(beneath.get(i).at()).isEqualTo(beneath.get(i - 1).until());
            assertThat(beneath.get(i).until())
                    .isGreaterThanOrEqualTo(beneath.get(i).at());
        }
    }

    private List<Stretch> stretches(String swarm, String like) {
        return queries.handle(new GetLanes(swarm, like, List.of(), null, null, 10))
                .orElseThrow()
                .stretches();
    }

    private double began(String task) {
        for (long position = 1; position <= log.head(); position++) {
            long[] at = {0};
            log.at(
                    List.of(position),
                    row -> at[0] = row.aggregateId().equals(task) && row.type().equals("task:started")
                            ? row.position() * 1_000
                            : 0);
            if (at[0] > 0) {
                return at[0];
            }
        }
        throw new AssertionError(task);
    }

    private static double place(List<Stretch> stretches, double time) {
        Stretch in = stretches.stream()
                .filter(one -> one.from() <= time && time <= one.to())
                .findFirst()
                .orElseThrow();
        return in.at() + (in.until() - in.at()) * (time - in.from()) / (in.to() - in.from());
    }

    static List<Long> seeds() {
        return new Random().longs(ROUNDS).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void lawsHold(long seed) {
        Random random = new Random(seed);
        List<RandomRun.Told> one = RandomRun.of(random);
        List<RandomRun.Told> other = RandomRun.changed(one, random);
        run("a", one, id -> "a." + id);
        run("copy", one, id -> "c/" + id);
        run("b", other, id -> "b." + id);

        RunComparison itself = compare("a", "a");
        assertThat(itself.divergence()).isNull();
        assertThat(itself.total()).isZero();
        assertThat(itself.agentCount()).isZero();

        RunComparison renamed = compare("a", "copy");
        assertThat(renamed.divergence()).as("all ids are others").isNull();
        assertThat(renamed.items()).isEmpty();
        assertThat(renamed.agents()).isEmpty();
        assertThat(renamed.same()).isEqualTo(renamed.matched());

        RunComparison there = compare("a", "b");
        RunComparison back = compare("b", "a");
        assertThat(back.differing()).isEqualTo(there.differing());
        assertThat(back.onlyInA()).isEqualTo(there.onlyInB());
        assertThat(back.same()).isEqualTo(there.same());
        assertThat(mirrored(back)).containsExactlyInAnyOrderElementsOf(told(there));
        assertThat(back.divergence() == null).isEqualTo(there.divergence() == null);

        PlainComparison plain = new PlainComparison(
                RandomRun.at(one, id -> "a." + id, 0), RandomRun.at(other, id -> "b." + id, 2L * one.size()));
        assertThat(told(there)).containsExactlyInAnyOrderElementsOf(plain.tasks());
        assertThat(parting(there.divergence())).isEqualTo(plain.parting());
    }

    private static String parting(Divergence parting) {
        return parting == null
                ? "none"
                : (parting.a() == null ? "none" : "" + parting.a().position()) + " "
                        + (parting.b() == null ? "none" : "" + parting.b().position());
    }

    private static List<String> told(RunComparison runs) {
        return runs.items().stream().map(pair -> told(pair, pair.a(), pair.b())).toList();
    }

    private static List<String> mirrored(RunComparison runs) {
        return runs.items().stream().map(pair -> told(pair, pair.b(), pair.a())).toList();
    }

    private static String told(TaskPair pair, TaskOf one, TaskOf other) {
        List<String> differs = new ArrayList<>(pair.differs());
        return id(one) + " " + id(other) + " " + differs;
    }

    private static String id(TaskOf task) {
        return task == null ? "none" : task.taskId();
    }
}
