package io.swarmledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.embedding.review.Review;
import io.swarmledger.app.embedding.review.ReviewCommand;
import io.swarmledger.app.embedding.review.ReviewCommand.ApproveReview;
import io.swarmledger.app.embedding.review.ReviewCommand.CommentReview;
import io.swarmledger.app.embedding.review.ReviewCommand.ObserveReview;
import io.swarmledger.app.embedding.review.ReviewCommand.OpenReview;
import io.swarmledger.app.embedding.review.ReviewEvent;
import io.swarmledger.app.embedding.review.ReviewQueries;
import io.swarmledger.app.embedding.review.ReviewQueries.GetReview;
import io.swarmledger.app.embedding.review.ReviewState;
import io.swarmledger.app.embedding.review.TeamWork;
import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.RuleBroken;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.view.ViewTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

class LedgerTest {

    @TempDir
    Path directory;

    @Test
    void whatIsRecordedIsReadReplayedAndThereAgainWhenItIsOpenedAgain() {
        Appended spawned;
        try (Ledger ledger = Ledger.open(directory)) {
            spawned = ledger.commands().sendAndWait(new SpawnAgent("agent-1", "coder"));
            assertThat(agent(ledger, spawned).agent().role()).isEqualTo("coder");
            ledger.replays().start(List.of("agent-state")).done().join();
        }
        try (Ledger ledger = Ledger.open(directory)) {
            assertThat(agent(ledger, spawned).agent().role()).isEqualTo("coder");
            assertThatThrownBy(() -> ledger.commands().sendAndWait(new SpawnAgent("agent-1", "coder")))
                    .isInstanceOf(RuleBroken.class);
        }
    }

    @Test
    void twoLedgersInOneProgramKnowNothingOfEachOther() {
        try (Ledger one = Ledger.inMemory();
                Ledger other = Ledger.inMemory()) {
            assertThat(one.commands()
                            .<Appended>sendAndWait(new SpawnAgent("a", "coder"))
                            .position())
                    .isEqualTo(1);
            assertThat(other.commands()
                            .<Appended>sendAndWait(new SpawnAgent("a", "tester"))
                            .position())
                    .isEqualTo(1);
        }
    }

    @Test
    void propertiesThatAreGivenHoldAndThoseThatThereAreNotAreRefused() {
        try (Ledger ledger = Ledger.open(directory, Map.of("silent-after", Duration.ofNanos(1)))) {
            Appended spawned = ledger.commands().sendAndWait(new SpawnAgent("agent-1", "coder"));
            assertThat(agent(ledger, spawned)).isNotNull();
        }
        Path none = directory.resolve("none");
        assertThatThrownBy(() -> Ledger.open(none, Map.of("silent-afer", "5m")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("swarm-ledger.silent-afer");
        assertThatThrownBy(() -> Ledger.open(none, Map.of("silent-after", "soon")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("swarm-ledger.silent-after")
                .hasMessageContaining("soon");
        assertThatThrownBy(() -> Ledger.open(none, Map.of("data", "elsewhere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("data: ");
        assertThat(none).doesNotExist();
    }

    @Test
    void itKnowsOfWhatTheProgramAddsToIt() {
        try (Ledger ledger = Ledger.in(directory)
                .with("silent-after", "5m")
                .with(Feature.of(Review.DECLARED, ReviewState.MODEL))
                .with(Feature.of(TeamWork.MODEL))
                .with(ReviewQueries.class, ReviewQueries::new)
                .open()) {
            ledger.commands().sendAndWait(new OpenReview("review-1", "task-1", "agent-1", null));
            Appended approved = ledger.commands().sendAndWait(new ApproveReview("review-1", null));

            assertThat(ledger.queries()
                            .query(AtLeast.position(approved.position(), new GetReview("review-1")), ReviewState.class)
                            .join()
                            .status())
                    .isEqualTo("approved");
        }
    }

    /** What revision 1 called a remark, an older one called a note. */
    private static final class Remark extends SingleEventUpcaster {

        private static final SimpleSerializedType OLD = new SimpleSerializedType("review:commented", "0");

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return event.getType().equals(OLD);
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(
                    new SimpleSerializedType(OLD.getName(), "1"), JsonNode.class, payload -> payload.asObject()
                            .set("text", payload.get("note")));
        }
    }

    @Test
    void whatAnOlderRevisionWroteIsReadByTheProgramsUpcaster() throws Exception {
        Ledger.Setup setup = Ledger.in(directory)
                .with(Feature.of(Review.DECLARED, ReviewState.MODEL, TeamWork.MODEL))
                .with(new Remark())
                .with(ReviewQueries.class, ReviewQueries::new);
        long last;
        try (Ledger ledger = Ledger.in(directory)
                .with(Feature.of(Review.DECLARED, ReviewState.MODEL))
                .open()) {
            ledger.commands().sendAndWait(new OpenReview("review-1", "task-1", "agent-1", null));
            last = ledger.commands()
                    .<Appended>sendAndWait(new CommentReview("review-1", "well done"))
                    .position();
        }
        JdbcClient file =
                JdbcClient.create(new DriverManagerDataSource("jdbc:sqlite:" + directory.resolve("events.db")));
        file.sql("UPDATE DomainEventEntry SET payloadRevision = '0', payload = replace(payload, 'text', 'note')"
                        + " WHERE payloadType = 'review:commented'")
                .update();
        Files.delete(directory.resolve("views.db"));

        try (Ledger ledger = setup.open()) {
            assertThat(ledger.queries()
                            .query(AtLeast.position(last, new GetReview("review-1")), ReviewState.class)
                            .join()
                            .comments()
                            .toList())
                    .containsExactly("well done");
        }
    }

    @Test
    void whatIsNotDeclaredAsItMustBeIsNamed() {
        AggregateType elsewhere = new AggregateType(
                "revision", ReviewEvent.class, Review.class, "1", ReviewCommand::of, ObserveReview::new);
        Map.of(
                        List.of(Feature.of(elsewhere)),
                        "needs @AggregateRoot(type = \"revision\")",
                        List.of(Feature.of(Review.DECLARED), Feature.of(Review.DECLARED)),
                        "two aggregates of type review",
                        List.of(Feature.of(TeamWork.MODEL.withType("agent"))),
                        "two read models of type agent",
                        List.of(Feature.of(TeamWork.MODEL), Feature.of(TeamWork.MODEL.withType("squad"))),
                        "squad and team have one table, team_work",
                        List.of(Feature.of(TeamWork.MODEL.withType("A Team"))),
                        "A Team is no type",
                        List.of(Feature.of(TeamWork.MODEL.withTable(ViewTable.of("order", TeamWork.class)))),
                        "No table can be made for the read model team",
                        List.of(Feature.of(TeamWork.MODEL.withTable(ViewTable.of("grownitem", TeamWork.class)))),
                        "a table or an index grownitem, as the ledger itself has",
                        List.of(Feature.of(TeamWork.MODEL.withTable(
                                ViewTable.of("teams", TeamWork.class).column("State", TeamWork::id)))),
                        "there twice")
                .forEach((features, reason) -> {
                    Ledger.Setup setup = Ledger.in(directory.resolve("refused"));
                    features.forEach(setup::with);
                    assertThatThrownBy(setup::open)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(reason);
                });
        assertThat(directory.resolve("refused")).doesNotExist();
        assertThatThrownBy(() -> ViewTable.of("Team Work", TeamWork.class))
                .hasMessageContaining("Team Work is no name for a projection");
    }

    @Test
    void whatIsInTheWayIsSaidAsItIsAndNothingStaysOpen() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Path file = Files.writeString(directory.resolve("file"), "no directory");

        assertThatThrownBy(() -> Ledger.open(file))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining(file.toString());
        try (Ledger first = Ledger.open(directory.resolve("held"))) {
            assertThatThrownBy(() -> Ledger.open(directory.resolve("held")))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("held");
            assertThat(first.commands()
                            .<Appended>sendAndWait(new SpawnAgent("a", "coder"))
                            .position())
                    .isEqualTo(1);
        }

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !thread.isDaemon() && !before.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> !name.startsWith("awaitility")))
                .isEmpty());
    }

    private static AgentView agent(Ledger ledger, Appended seen) {
        return ledger.queries()
                .query(AtLeast.position(seen.position(), new GetAgent("agent-1")), AgentView.class)
                .join();
    }
}
