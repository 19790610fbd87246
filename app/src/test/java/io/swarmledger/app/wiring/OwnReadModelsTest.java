package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.Feature;
import io.swarmledger.Ledger;
import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.embedding.review.Review;
import io.swarmledger.app.embedding.review.ReviewState;
import io.swarmledger.app.embedding.review.TeamWork;
import io.swarmledger.app.imports.Format;
import io.swarmledger.app.view.FoldsUnderWay;
import io.swarmledger.commands.AggregateType;
import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.query.Fold;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.view.Growing;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.ViewTable;
import io.swarmledger.query.view.Views;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.junit.jupiter.api.Test;

/** What an application declares as a read model is refused when it is declared, or before there is any file. */
class OwnReadModelsTest {

    private static final Feature REVIEWS = Feature.of(Review.DECLARED, ReviewState.MODEL);

    private static void assertRefused(ReadModel<?> model, String... saying) {
        assertRefused(List.of(REVIEWS, Feature.of(model)), saying);
    }

    private static void assertRefused(List<Feature> features, String... saying) {
        assertThatThrownBy(() -> new Features(features))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(saying);
    }

    @Test
    void whatIsLeftOutIsNamedWhereItIsDeclared() {
        ReadModel<TeamWork> model = TeamWork.MODEL;
        Stream.<ThrowingCallable>of(
                        () -> model.withEvents(null),
                        () -> model.withFold(null),
                        () -> model.withTable(null),
                        () -> model.withSwarmId(null),
                        () -> model.withStatus(null),
                        () -> model.withStatuses(null),
                        () -> model.withGone(null),
                        () -> model.withKey(null),
                        () -> model.withRevision(null))
                .forEach(declaring -> assertThatThrownBy(declaring)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("The read model team is declared without "));
        assertThatThrownBy(() -> model.withType(null)).hasMessageContaining("without the type of its things");
        assertThatThrownBy(() -> ViewTable.of("teams", null)).hasMessageContainingAll("teams", "class of its states");
        assertThatThrownBy(() -> ViewTable.of(null, TeamWork.class)).hasMessageContaining("without a name");
    }

    @Test
    void aColumnAListAndAStatusAreThereAndOnce() {
        ViewTable<TeamWork> table = ViewTable.of("teams", TeamWork.class).column("worked", TeamWork::worked);
        assertThatThrownBy(() -> table.column("worked", TeamWork::id))
                .isInstanceOf(DeclarationRefused.class)
                .hasMessage("The column worked of the projection teams is declared twice");
        assertThatThrownBy(() -> table.column("tasks", null))
                .hasMessage("The column tasks of the projection teams is declared without what it holds of a state");
        assertThatThrownBy(() -> table.list(null, state -> Growing.empty()))
                .hasMessage("The list null of the projection teams is declared without a name");
        assertThatThrownBy(() -> TeamWork.MODEL.withStatuses(Arrays.asList("there", null)))
                .isInstanceOf(DeclarationRefused.class)
                .hasMessage("The read model team has a null among its statuses");
        assertThatThrownBy(() -> TeamWork.MODEL.withGone(Arrays.asList((String) null)))
                .hasMessage("The read model team has a null among its gone");
    }

    @Test
    void aFeatureOfNothingIsNamed() {
        assertThatThrownBy(() -> Feature.of(Review.DECLARED, ReviewState.MODEL, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("aggregate review", "read model that is null");
        assertThatThrownBy(() -> Feature.of((AggregateType) null, ReviewState.MODEL))
                .hasMessageContaining("aggregate that is null");
        assertThatThrownBy(() -> Ledger.in(Path.of("nowhere")).with((Feature) null))
                .hasMessageContaining("feature that is null");
    }

    @Test
    void howALedgerIsOpenedIsSaidWholeAndOnce() {
        Stream.<ThrowingCallable>of(
                        () -> Ledger.open(null),
                        () -> Ledger.in(null),
                        () -> Ledger.in(Path.of("nowhere")).with((String) null, "1m"),
                        () -> Ledger.in(Path.of("nowhere")).with((Format) null),
                        () -> Ledger.in(Path.of("nowhere")).with((EventUpcaster) null),
                        () -> Ledger.in(Path.of("nowhere")).with(null, views -> "handler"),
                        () -> Ledger.in(Path.of("nowhere")).with(String.class, null))
                .forEach(opening -> assertThatThrownBy(opening)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(" null: name one"));
        Ledger.Setup setup = Ledger.in(Path.of(LedgerDirectory.IN_MEMORY)).with(TeamWork.class, views -> null);
        assertThatThrownBy(setup::open)
                .isInstanceOf(DeclarationRefused.class)
                .hasMessage("What makes a " + TeamWork.class.getName()
                        + " answers null: have it answer the one that handles");
        Stream.<ThrowingCallable>of(setup::open, () -> setup.with("silent-after", "1m"))
                .forEach(again -> assertThatThrownBy(again)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("begin anew with Ledger.in(directory)"));
    }

    @Test
    void whatNobodyDeclaredIsNamed() {
        assertRefused(
                List.of(Feature.of(ReviewState.MODEL)),
                "The read model review folds review:",
                "an event of no aggregate that is declared");
        assertRefused(
                List.of(Feature.of(Review.DECLARED, ReviewState.MODEL.withBirth("review:begun"))),
                "begin with review:begun",
                "review:opened");
        assertRefused(TeamWork.MODEL.withBirth("team:formed"), "begin with team:formed");
        Views views = new Views(null, ReadModels.ofLedger());
        assertThatThrownBy(() -> views.of(ReviewState.MODEL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("open-reviews", "review", "not declared");
        assertThat(new Features(List.of(REVIEWS, Feature.of(TeamWork.MODEL.withBirth("agent:spawned"))))
                        .readModels()
                        .types())
                .contains("team");
    }

    /** SQLite has one room for the names of tables and indexes, and tells no capitals from small letters. */
    @Test
    void namesThatSomethingElseHasAreNamed() {
        for (String name : OwnReadModels.OF_LEDGER) {
            if (!name.equals("flyway_schema_history")) {
                assertRefused(TeamWork.MODEL.withTable(ViewTable.of(name.replace('_', '-'), TeamWork.class)), name);
            }
        }
        assertRefused(
                TeamWork.MODEL.withTable(ViewTable.of("open-reviews-by-status", TeamWork.class)),
                "open_reviews_by_status",
                "as the read model review has");
        assertRefused(
                TeamWork.MODEL.withTable(
                        ViewTable.of("agent-state-by", TeamWork.class).column("Worked", TeamWork::worked)),
                List.of(Feature.of(TeamWork.MODEL
                        .withType("squad")
                        .withTable(ViewTable.of("agent-state-by-by-worked", TeamWork.class)))));
    }

    private static void assertRefused(ReadModel<?> one, List<Feature> beside) {
        assertThatThrownBy(() -> new Features(Stream.concat(beside.stream(), Stream.of(Feature.of(one)))
                        .toList()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("squad")
                .hasMessageContaining("team");
    }

    @Test
    void listsAreNamedAsTheStateCallsThem() {
        ViewTable<ReviewState> without = ViewTable.of("reviews-told", ReviewState.class);
        assertRefused(
                ReviewState.MODEL.withType("told").withTable(without), "reviews_told", "Growing components [comments]");
        assertRefused(
                ReviewState.MODEL
                        .withType("told")
                        .withTable(
                                ViewTable.of("reviews-told", ReviewState.class).list("remarks", ReviewState::comments)),
                "names the lists [remarks]");
    }

    /** What fails where states are counted would stop whoever counts, and with it every other read model. */
    @Test
    void whatIsAskedOfAStateFailsWhereItsEventIsFolded() {
        ReadModel<TeamWork> strict = StrictFold.of(
                TeamWork.MODEL
                        .withFold((state, event, recorded) -> new TeamWork("agent-1", 1, 1))
                        .withKey(ReadModel.BY_AGGREGATE)
                        .withIsMember(state -> {
                            throw new IllegalStateException("nobody knows");
                        }),
                new FoldsUnderWay());
        Recorded recorded = new Recorded("agent-1", 1d, "swarm", 1d);

        assertThatThrownBy(() -> strict.fold().evolve(null, new AgentStarted("agent-1", 1d), recorded))
                .hasMessage("nobody knows");
    }

    @Test
    void aStateIsCalledAsItsKeyIs() {
        Fold<TeamWork> misnaming = (state, event, recorded) -> new TeamWork("another", 1, 1);
        ReadModel<TeamWork> strict = StrictFold.of(
                TeamWork.MODEL
                        .withFold(misnaming)
                        .withKey(ReadModel.BY_AGGREGATE)
                        .withEvents(LedgerEvent.class),
                new FoldsUnderWay());
        Recorded recorded = new Recorded("agent-1", 1d, "swarm", 1d);

        assertThatThrownBy(() -> strict.fold().evolve(null, new AgentStarted("agent-1", 1d), recorded))
                .hasMessageContainingAll("fold of team", "id another", "for agent-1");
    }
}
