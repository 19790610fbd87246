package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.FindTasksThen;
import io.swarmledger.query.timetravel.StateOfAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tasks of a moment that are as somebody asks, among so many that they are looked at page by page. */
class TasksThenTest {

    private static final int TASKS = 700;
    private static final Random CHANCE = new Random();
    private static TestLedger ledger;

    @BeforeAll
    static void append() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        CHANCE.setSeed(seed);
        ledger = TestLedger.inMemory();
        Rows rows = new Rows();
        List<EventRow> events = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            String task = "task-" + i;
            events.add(rows.next(
                    task,
                    "task:created",
                    "{\"taskType\":\"" + any("coding", "review") + "\",\"priority\":\"" + any("high", "low") + "\"}",
                    Rows.START + i,
                    any("swarm", "other"),
                    null));
            if (CHANCE.nextInt(20) == 0) {
                events.add(rows.next(task, "task:started", "{\"agentId\":\"" + any("ada", "bob") + "\"}"));
            }
        }
        ledger.log().writer().append(events);
        ledger.caughtUp();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static String any(String... texts) {
        return texts[CHANCE.nextInt(texts.length)];
    }

    private static List<Page<TaskState>> pages(FindTasks asked, long position) {
        List<Page<TaskState>> pages = new ArrayList<>();
        String cursor = null;
        do {
            pages.add(ledger.page(new FindTasksThen(asked.withCursor(cursor), position), TaskState.class));
            cursor = pages.get(pages.size() - 1).next();
        } while (cursor != null);
        return pages;
    }

    @Test
    void allPagesTogetherHaveThoseThatAreAsAsked() {
        for (int i = 0; i < 12; i++) {
            long position = 1 + CHANCE.nextInt(TASKS);
            FindTasks asked = FindTasks.all()
                    .withStatus(any("pending", "in-progress", null))
                    .withAgent(any("ada", "nobody", null, null))
                    .withType(any("coding", null))
                    .withPriority(any("low", null))
                    .withSwarmId(any("other", null))
                    .withLimit(1 + CHANCE.nextInt(150));
            List<TaskState> expected = ledger
                    .ask(StateOfAll.at(position).with(all -> all.limit(10_000).swarmId(asked.swarmId())), AllThen.class)
                    .tasks()
                    .items()
                    .stream()
                    .filter(asked::matches)
                    .toList();

            List<Page<TaskState>> pages = pages(asked, position);

            assertThat(pages.stream().flatMap(page -> page.items().stream()))
                    .as("%s at %d", asked, position)
                    .containsExactlyElementsOf(expected);
            assertThat(pages).allMatch(page -> page.items().size() <= asked.limit());
            assertThat(pages).allMatch(page -> !page.totalIsExact() || page.total() == expected.size());
        }
    }

    @Test
    void howManyThereAreIsKnownWhereOnlyTheStatusIsAsked() {
        Page<TaskState> some = ledger.page(
                new FindTasksThen(FindTasks.all().withStatus("pending").withLimit(3), TASKS), TaskState.class);

        assertThat(some.items()).hasSize(3);
        assertThat(some.totalIsExact()).isTrue();
        assertThat(some.total())
                .isEqualTo(ledger.ask(StateOfAll.at((long) TASKS), AllThen.class)
                        .counts()
                        .get("tasks")
                        .get("pending"));
    }

    @Test
    void whetherTheyWereStuckNobodyKnows() {
        FindTasksThen stuck = new FindTasksThen(FindTasks.all().withStuck(true), 1);

        assertThatThrownBy(() -> ledger.page(stuck, TaskState.class))
                .cause()
                .isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("stuck");
    }
}
