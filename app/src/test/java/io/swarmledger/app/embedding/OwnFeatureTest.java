package io.swarmledger.app.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmledger.Feature;
import io.swarmledger.app.check.ViewCheck;
import io.swarmledger.app.check.ViewChecks;
import io.swarmledger.app.check.ViewDifference;
import io.swarmledger.app.embedding.review.Review;
import io.swarmledger.app.embedding.review.ReviewCommand;
import io.swarmledger.app.embedding.review.ReviewCommand.ApproveReview;
import io.swarmledger.app.embedding.review.ReviewCommand.CommentReview;
import io.swarmledger.app.embedding.review.ReviewCommand.ObserveReview;
import io.swarmledger.app.embedding.review.ReviewCommand.OpenReview;
import io.swarmledger.app.embedding.review.ReviewCommand.RateReview;
import io.swarmledger.app.embedding.review.ReviewEvent;
import io.swarmledger.app.embedding.review.ReviewEvent.ReviewApproved;
import io.swarmledger.app.embedding.review.ReviewQueries;
import io.swarmledger.app.embedding.review.ReviewQueries.FindReviews;
import io.swarmledger.app.embedding.review.ReviewQueries.GetReview;
import io.swarmledger.app.embedding.review.ReviewQueries.GetTeam;
import io.swarmledger.app.embedding.review.ReviewState;
import io.swarmledger.app.embedding.review.TeamWork;
import io.swarmledger.app.log.LogAdmin;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.timetravel.TimeTravelFile;
import io.swarmledger.app.timetravel.TimeTravelFollower;
import io.swarmledger.app.view.DeadLetterDesk;
import io.swarmledger.app.view.LagHealth;
import io.swarmledger.app.view.ProcessorFaults;
import io.swarmledger.app.view.Projections;
import io.swarmledger.app.view.Replay;
import io.swarmledger.app.view.Replays;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.CompletionFailed;
import io.swarmledger.commands.IdBelongsToAnotherType;
import io.swarmledger.commands.RuleBroken;
import io.swarmledger.commands.RuleFailed;
import io.swarmledger.commands.UnknownAggregate;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.Newest;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.Change;
import io.swarmledger.query.timetravel.Changes;
import io.swarmledger.query.timetravel.Evidence;
import io.swarmledger.query.timetravel.FindChanges;
import io.swarmledger.query.timetravel.FindEvidence;
import io.swarmledger.query.timetravel.StateOfAll;
import io.swarmledger.query.timetravel.TimeTravelIndex;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.UnreadableEvent;
import io.swarmledger.query.view.ViewTable;
import io.swarmledger.query.view.Views;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A coordinator's own events, aggregate and read models, which are those of the ledger in every way. */
@ExtendWith(OutputCaptureExtension.class)
class OwnFeatureTest {

    @TempDir
    static Path directory;

    private static Coordinator coordinator;

    @Configuration
    static class Reviewing {

        @Bean
        Feature reviews() {
            return Feature.of(Review.DECLARED, ReviewState.MODEL);
        }

        @Bean
        Feature teams() {
            return Feature.of(TeamWork.MODEL);
        }

        @Bean
        ReviewQueries reviewQueries(Views views) {
            return new ReviewQueries(views);
        }
    }

    /** Columns of whatever a driver takes. */
    record Oddity(String id, String swarmId) {

        static final ReadModel<Oddity> MODEL = ReadModel.of(
                "oddity",
                ReviewEvent.class,
                (state, event, recorded) -> new Oddity(recorded.aggregateId(), recorded.swarmId()),
                ViewTable.of("oddities", Oddity.class)
                        .column("none", state -> Double.NaN)
                        .column("endless", state -> Double.POSITIVE_INFINITY)
                        .column("bytes", state -> new byte[] {1, 0, -1})
                        .column("date", state -> new Date(1_767_225_600_000L))
                        .column("moment", state -> Instant.EPOCH)
                        .column("truth", state -> true)
                        .column("small", state -> 0.1f)
                        .column("large", state -> new BigDecimal("12345678901234567890.5")),
                Oddity::swarmId);
    }

    @Configuration
    static class ReviewingOddly extends Reviewing {

        @Bean
        Feature oddities() {
            return Feature.of(Oddity.MODEL);
        }
    }

    /** The same with a read model of another revision. */
    @Configuration
    static class ReviewingAnew {

        @Bean
        Feature reviews() {
            return Feature.of(Review.DECLARED, ReviewState.MODEL.withRevision("2"));
        }
    }

    private static Coordinator start(Path where, Class<?> beans) {
        return Coordinator.in(
                where, List.of(Coordinator.WithoutDataSource.class, beans), "swarm-ledger.snapshot.threshold=5");
    }

    @BeforeAll
    static void start() {
        coordinator = start(directory, Reviewing.class);
    }

    @AfterAll
    static void stop() {
        coordinator.close();
    }

    private static Appended open(String id) {
        return coordinator.send(new OpenReview(id, "task-" + id, "agent-7", null));
    }

    private static <T> T ask(Coordinator of, long position, LedgerQuery query, Class<T> answer) {
        return of.bean(QueryGateway.class)
                .query(AtLeast.position(position, query), answer)
                .join();
    }

    private static <T> T ask(long position, LedgerQuery query, Class<T> answer) {
        return ask(coordinator, position, query, answer);
    }

    private static <T> List<T> list(long position, LedgerQuery query, Class<T> item) {
        return coordinator
                .bean(QueryGateway.class)
                .query(AtLeast.position(position, query), PageOf.items(item))
                .join()
                .items();
    }

    @Test
    void itsEventsAreInTheLogUnderTheirNamesAndItsRulesHold() {
        open("named");
        long last = coordinator.send(new ApproveReview("named", null)).position();

        assertThat(list(last, FindEvents.of("named"), RecordedEvent.class))
                .extracting(RecordedEvent::type, RecordedEvent::aggregateType, RecordedEvent::version)
                .containsExactly(tuple("review:opened", "review", 1L), tuple("review:approved", "review", 2L));
        assertThatThrownBy(() -> coordinator.send(new CommentReview("named", "late")))
                .isInstanceOf(RuleBroken.class)
                .hasMessageContaining("ApprovedReviewIsClosed");
        assertThatThrownBy(() -> coordinator.send(new ApproveReview("nobody", null)))
                .isInstanceOf(UnknownAggregate.class);
        assertThatThrownBy(() -> coordinator.send(new SpawnAgent("named", "coder")))
                .isInstanceOf(IdBelongsToAnotherType.class);
        long observed = coordinator
                .send(new ObserveReview("named", new ReviewApproved("named", 1_767_517_200_000d)))
                .position();
        assertThat(list(observed, FindEvents.of("named"), RecordedEvent.class)
                        .get(2)
                        .metadata()
                        .toString())
                .contains("ApprovedReviewIsClosed");
    }

    @Test
    void itsReadModelIsFilledAskedAndSubscribedTo() {
        long opened = open("asked").position();
        try (SubscriptionQueryResult<ReviewState, ReviewState> subscription = coordinator
                .bean(QueryGateway.class)
                .subscriptionQuery(
                        AtLeast.position(opened, new GetReview("asked")),
                        ResponseTypes.instanceOf(ReviewState.class),
                        ResponseTypes.instanceOf(ReviewState.class))) {
            List<ReviewState> told = new ArrayList<>();
            subscription.updates().subscribe(told::add);
            assertThat(subscription.initialResult().block().status()).isEqualTo("open");

            coordinator.send(new CommentReview("asked", "well done"));
            long last = coordinator.send(new ApproveReview("asked", null)).position();

            Awaitility.await().until(() -> told.stream().anyMatch(review -> "approved".equals(review.status())));
            assertThat(list(last, new FindReviews("agent-7", "approved"), ReviewState.class))
                    .filteredOn(review -> review.id().equals("asked"))
                    .singleElement()
                    .satisfies(review -> assertThat(review.comments().toList()).containsExactly("well done"));
        }
    }

    @Test
    void anotherProjectionIsFedByTheLedgersOwnEvents() {
        coordinator.send(new SpawnAgent("worker", "coder"));
        for (int i = 0; i < 3; i++) {
            coordinator.send(new AssignTask("worker", "work-" + i));
            coordinator.send(new CompleteAssignedTask("worker", "work-" + i, "ok", null, 40d));
        }
        long last = open("beside-work").position();

        assertThat(ask(last, new GetTeam("swarm"), TeamWork.class)).isEqualTo(new TeamWork("swarm", 3, 120));
        AllThen now = ask(last, StateOfAll.now(), AllThen.class);
        assertThat(now.own().get("team").items()).hasSize(1);
    }

    @Test
    void itTravelsInTime() {
        long opened = open("travelled").position();
        coordinator.send(new CommentReview("travelled", "one"));
        long approved = coordinator.send(new ApproveReview("travelled", null)).position();

        StateThen then = ask(approved, new StateOf("travelled", 1L, null), StateThen.class);
        assertThat(((ReviewState) then.state()).status()).isEqualTo("open");

        assertThat(reviewIn(ask(approved, StateOfAll.at(opened), AllThen.class)).status())
                .isEqualTo("open");
        ReviewState now = reviewIn(ask(approved, StateOfAll.now(), AllThen.class));
        assertThat(now.status()).isEqualTo("approved");
        assertThat(now.comments().toList()).containsExactly("one");

        Changes changes = ask(approved, FindChanges.between(opened, approved), Changes.class);
        assertThat(changes.changes().items())
                .filteredOn(change -> change.id().equals("travelled"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.type()).isEqualTo("review");
                    assertThat(change.fields())
                            .extracting(Change.Field::field)
                            .containsExactlyInAnyOrder("status", "comments");
                });
        assertThat(list(approved, FindEvidence.of("review", "status"), Evidence.class))
                .filteredOn(evidence -> evidence.id().equals("travelled"))
                .singleElement()
                .satisfies(evidence -> assertThat(evidence.events())
                        .extracting(event -> event.type())
                        .containsExactly("review:approved"));
    }

    private static ReviewState reviewIn(AllThen all) {
        return all.own().get("review").items().stream()
                .map(ReviewState.class::cast)
                .filter(review -> review.id().equals("travelled"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itsViewsAreListedAndReplayedAndWhatCannotBeFoldedIsPutAside() {
        open("replayed");
        String letter =
                coordinator.send(new CommentReview("replayed", "unfoldable")).id();
        Appended approved = coordinator.send(new ApproveReview("replayed", null));
        long last = approved.position();
        assertThat(coordinator.bean(Projections.class).names()).contains("agent-state", "open-reviews", "team-work");
        assertThat(ask(last, new GetReview("replayed"), ReviewState.class).status())
                .isEqualTo("open");
        List<ReviewState> before = list(last, new FindReviews(null, null), ReviewState.class);

        Replay replay = coordinator.bean(Replays.class).start(List.of("open-reviews", "team-work", "agent-state"));
        replay.done().join();

        assertThat(list(last, new FindReviews(null, null), ReviewState.class)).isEqualTo(before);
        assertThat(coordinator
                        .bean(DeadLetterDesk.class)
                        .page("open-reviews", 10, null)
                        .items())
                .extracting(DeadLetterDesk.Letter::eventId)
                .contains(letter, approved.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unfoldable", "given up", "nowhere", "endless", "without its class", "checked", "unwritable"})
    void aStateThatCannotBeIsItsOwnLetterAndStopsNobodyElse(String comment) {
        String review = "stuck-" + comment.replace(' ', '-');
        open(review);
        String letter = coordinator.send(new CommentReview(review, comment)).id();
        long last =
                coordinator.send(new SpawnAgent("beside-" + review, "coder")).position();

        assertThat(ask(last, new GetReview(review), ReviewState.class).status()).isEqualTo("open");
        assertThat(coordinator
                        .bean(DeadLetterDesk.class)
                        .page("open-reviews", 100, null)
                        .items())
                .filteredOn(one -> one.eventId().equals(letter))
                .singleElement()
                .satisfies(one -> assertThat(one.causeMessage()).containsAnyOf("fold", "no swarm"));
        assertThat(ask(last, StateOfAll.now().with(all -> all.limit(1_000)), AllThen.class)
                        .agents()
                        .items())
                .extracting(agent -> agent.agent().id())
                .contains("beside-" + review);
        assertThatThrownBy(() -> ask(last, StateOf.now(review), StateThen.class))
                .hasStackTraceContaining(UnreadableEvent.class.getName())
                .hasStackTraceContaining("The fold of review threw java.lang.")
                .hasStackTraceContaining("at position " + (last - 1) + ", review:commented " + letter);
    }

    @Test
    void whatCanBeFoldedAfterAllIsSoAtEveryMoment(@TempDir Path anew) {
        ReviewState.cured = false;
        coordinator.send(new SpawnAgent("mender", "coder"));
        long before = open("mended").position();
        String letter = coordinator
                .send(new CommentReview("mended", ReviewState.CURABLE))
                .id();
        String work = work("before", "ok", 7);
        String lost = work("lost", ReviewState.CURABLE, 30);
        work("after", "ok", 500);
        for (int i = 0; i < 40; i++) {
            coordinator.send(new CommentReview("mended", "comment " + i));
        }
        coordinator.send(new ApproveReview("mended", null));
        long last = open("behind-it").position();
        ask(last, StateOfAll.now(), AllThen.class);
        ask(last, new GetReview("mended"), ReviewState.class);
        ask(last, new GetTeam("swarm"), TeamWork.class);

        ReviewState.cured = true;
        retry("open-reviews", letter);
        retry("team-work", lost);

        ViewChecks checks = coordinator.bean(ViewChecks.class);
        assertThat(checks.run("open-reviews", read -> {})).satisfies(check -> {
            assertThat(check.differences()).isEmpty();
            assertThat(check.moments()).isTrue();
        });
        assertThat(checks.run("team-work", read -> {}).differences()).isEmpty();
        assertThat(work).isNotEqualTo(lost);
        assertThat(list(last, FindEvidence.of("review", "status"), Evidence.class))
                .extracting(Evidence::id)
                .contains("mended");
        assertThat(ask(last, FindChanges.between(before, last), Changes.class)
                        .changes()
                        .items())
                .extracting(Change::id)
                .contains("mended", "swarm");
        assertThat(moments(directory.resolve("timetravel.db"))).isEqualTo(moments(indexAnew(anew)));
    }

    @Test
    void aFoldThatDoesNotReturnStopsItselfAloneAndHealthSaysWhere() {
        ReviewState.wait = new CountDownLatch(1);
        try {
            open("waiting");
            long at = coordinator
                    .send(new CommentReview("waiting", ReviewState.WAITING))
                    .position();
            long last =
                    coordinator.send(new SpawnAgent("beside-waiting", "coder")).position();

            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                assertThat(ask(last, new GetAgent("beside-waiting"), AgentView.class)
                                .agent()
                                .id())
                        .isEqualTo("beside-waiting");
                assertThat(ask(last, new GetTeam("nobody"), TeamWork.class)).isNull();
                assertThat(ask(last, StateOfAll.now().with(all -> all.limit(1_000)), AllThen.class)
                                .agents()
                                .items())
                        .extracting(agent -> agent.agent().id())
                        .contains("beside-waiting");
            });
            assertThat(coordinator
                            .bean(LagHealth.class)
                            .health()
                            .getDetails()
                            .get("open-reviews")
                            .toString())
                    .contains("read model review", "review:commented of waiting at position " + at + " since ");
            assertThatThrownBy(() -> ask(last, StateOf.now("waiting"), StateThen.class))
                    .hasStackTraceContaining("does not return from it");
        } finally {
            ReviewState.wait.countDown();
        }
        long then = coordinator.send(new ApproveReview("waiting", null)).position();
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            assertThat(ask(then, new GetReview("waiting"), ReviewState.class).status())
                    .isEqualTo("approved");
            assertThat(List.<Object>copyOf(ask(then, StateOfAll.now().with(all -> all.limit(1_000)), AllThen.class)
                            .own()
                            .get("review")
                            .items()))
                    .contains(ask(then, new GetReview("waiting"), ReviewState.class));
        });
    }

    @Test
    void aFoldThatAsksForMoreMemoryThanThereIsStopsItsViewAlone() {
        ReviewState.exhausts = true;
        long last;
        try {
            open("exhausting");
            coordinator.send(new CommentReview("exhausting", ReviewState.EXHAUSTING));
            coordinator.send(new CommentReview("exhausting", ReviewState.EXHAUSTING));
            open("behind-exhausting");
            last = coordinator
                    .send(new SpawnAgent("beside-exhausting", "coder"))
                    .position();

            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                assertThat(ask(last, new GetAgent("beside-exhausting"), AgentView.class))
                        .isNotNull();
                assertThat(ask(last, StateOfAll.now().with(all -> all.limit(1_000)), AllThen.class)
                                .agents()
                                .items())
                        .extracting(agent -> agent.agent().id())
                        .contains("beside-exhausting");
                assertThat(coordinator
                                .bean(ProcessorFaults.class)
                                .of("open-reviews")
                                .orElseThrow()
                                .message())
                        .contains("asked for");
            });
        } finally {
            ReviewState.exhausts = false;
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> assertThat(
                        ask(last, new GetReview("exhausting"), ReviewState.class)
                                .comments()
                                .size())
                .isEqualTo(2));
        coordinator.bean(TimeTravelFollower.class).foldAgain(Duration.ofSeconds(20));
        assertThat(List.<Object>copyOf(ask(last, StateOfAll.now().with(all -> all.limit(1_000)), AllThen.class)
                        .own()
                        .get("review")
                        .items()))
                .contains(ask(last, new GetReview("exhausting"), ReviewState.class));
    }

    private static String work(String task, String result, double duration) {
        coordinator.send(new AssignTask("mender", task));
        return coordinator
                .send(new CompleteAssignedTask("mender", task, result, null, duration))
                .id();
    }

    private static void retry(String projection, String eventId) {
        DeadLetterDesk desk = coordinator.bean(DeadLetterDesk.class);
        String id = desk.page(projection, 1_000, null).items().stream()
                .filter(one -> one.eventId().equals(eventId))
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(desk.retry(projection, id).remaining()).isZero();
    }

    /** What a first reading of the log makes of it. */
    private static Path indexAnew(Path where) {
        return indexAnew(where, 0);
    }

    /** The same by one that is stopped behind so many events by what nobody reckons with, and begins again. */
    private static Path indexAnew(Path where, int stopped) {
        EventLog log = coordinator.bean(LogFile.class).events();
        ReadModels models = coordinator.bean(ReadModels.class);
        Path file = where.resolve("timetravel.db");
        AtomicInteger left = new AtomicInteger(stopped);
        Newest newest = (position, follower) -> {
            if (left.get() > 0 && position >= left.get()) {
                left.set(0);
                OwnFeatureTest.<RuntimeException>throwUndeclared(new IOException("stopped"));
            }
            List<LogRow> rows = log.read(position, Long.MAX_VALUE, EventCriteria.ALL, Budget.PAGE)
                    .rows();
            return left.get() > 0 ? rows.subList(0, Math.min(2, rows.size())) : rows;
        };
        try (TimeTravelFile timeTravel = TimeTravelFile.open(file, coordinator.bean(LogFile.class), models);
                TimeTravelIndex index = new TimeTravelIndex(
                        timeTravel.writer(), log, newest, coordinator.bean(EventReader.class), models)) {
            if (stopped > 0) {
                assertThatThrownBy(() -> index.readOn(Long.MAX_VALUE, 5_000)).isInstanceOf(IOException.class);
            }
            while (index.readOn(Long.MAX_VALUE, 5_000)) {}
        }
        return file;
    }

    /** As Kotlin throws it, or Lombok. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwUndeclared(Throwable checked) throws T {
        throw (T) checked;
    }

    @Test
    void whatStopsTheIndexOfAllMomentsLeavesNothingOfWhatItBegan(@TempDir Path once, @TempDir Path twice) {
        open("stopping");
        coordinator.send(new SpawnAgent("stopper", "coder"));

        assertThat(moments(indexAnew(twice, 2))).isEqualTo(moments(indexAnew(once)));
    }

    /** All that an index says, of counts where they change. */
    private static List<String> moments(Path file) {
        JdbcClient index = JdbcClient.create(new DriverManagerDataSource("jdbc:sqlite:" + file));
        String thing = "(SELECT model || ' ' || id FROM Thing WHERE Thing.thing = one.thing)";
        return Stream.of(
                        "SELECT 'unreadable ' || id || coalesce(unreadable, '') AS line FROM Thing",
                        "SELECT 'unfolded ' || model || ' ' || position AS line FROM Unfolded",
                        "SELECT 'step ' || " + thing + " || position AS line FROM Step AS one",
                        "SELECT " + thing + " || position || state AS line FROM Checkpoint AS one",
                        "SELECT " + thing + " || list || place || ' ' || position || item AS line FROM Item AS one",
                        "SELECT " + thing + " || since || ' ' || coalesce(until, '-') || ' ' || span || ' ' || shelf"
                                + " AS line FROM Presence AS one",
                        "SELECT status || model || ' ' || position || ': ' || things AS line FROM (SELECT *,"
                                + " lag(things, 1, 0) OVER (PARTITION BY tally ORDER BY position) AS was"
                                + " FROM Counted JOIN Tally USING (tally)) WHERE things <> was")
                .flatMap(sql ->
                        index.sql("SELECT line FROM (" + sql + ") ORDER BY line").query(String.class).list().stream())
                .toList();
    }

    private static void assertItsSnapshotsAreChecked(Coordinator of, Path where) {
        LogAdmin log = of.bean(LogAdmin.class);
        AggregateTypes aggregates = of.bean(AggregateTypes.class);
        assertThat(log.verify(aggregates, read -> {}).problems()).isEmpty();
        JdbcClient file = JdbcClient.create(new DriverManagerDataSource("jdbc:sqlite:" + where.resolve("events.db")));
        // It may be that of any event behind the one that made it due.
        file.sql("UPDATE SnapshotEventEntry SET payload = replace(replace(payload, '\"open\"', '\"shut\"'),"
                        + " '\"approved\"', '\"shut\"')")
                .update();
        assertThat(log.verify(aggregates, read -> {}).problems())
                .singleElement()
                .asString()
                .contains("snapshot of review kept");
    }

    @Test
    void itsViewIsCheckedAgainstTheLog(@TempDir Path other) throws Exception {
        try (Coordinator of = start(other, ReviewingOddly.class)) {
            of.send(new OpenReview("lost", "task-1", "agent-1", null));
            of.send(new OpenReview("changed", "task-1", "agent-1", null));
            long last = of.send(new CommentReview("changed", "well done")).position();
            ask(of, last, new GetReview("lost"), ReviewState.class);
            ViewChecks checks = of.bean(ViewChecks.class);
            assertThat(checks.run("open-reviews", read -> {}))
                    .isEqualTo(new ViewCheck("open-reviews", true, last, 2, 0, true, 0, List.of()));
            of.bean(Positions.class).await("oddities", last);
            assertThat(checks.run("oddities", read -> {}).differences()).isEmpty();

            JdbcClient file =
                    JdbcClient.create(new DriverManagerDataSource("jdbc:sqlite:" + other.resolve("views.db")));
            file.sql("DELETE FROM open_reviews WHERE id = 'lost'").update();
            file.sql("UPDATE GrownItem SET item = '\"badly\"' WHERE id = 'changed'")
                    .update();
            file.sql("UPDATE open_reviews SET reviewer = 'agent-2' WHERE id = 'changed'")
                    .update();

            JdbcClient.create(new DriverManagerDataSource("jdbc:sqlite:" + other.resolve("timetravel.db")))
                    .sql("DELETE FROM Step WHERE thing IN (SELECT thing FROM Thing WHERE id = 'lost')")
                    .update();

            assertThat(checks.run("open-reviews", read -> {}).differences())
                    .extracting(ViewDifference::id, ViewDifference::field)
                    .containsExactlyInAnyOrder(
                            tuple("lost", null),
                            tuple("lost", "at that moment"),
                            tuple("changed", "comments"),
                            tuple("changed", "filter by reviewer"));
        }
    }

    @Test
    void itIsAsItWasAfterAStartAndMadeAnewWhenItIsDeclaredOtherwise(@TempDir Path other, CapturedOutput output) {
        long last;
        try (Coordinator first = start(other, Reviewing.class)) {
            first.send(new OpenReview("kept", "task-1", "agent-1", null));
            for (int i = 0; i < 12; i++) {
                first.send(new CommentReview("kept", "comment " + i));
            }
            last = first.send(new ApproveReview("kept", null)).position();
            assertThat(ask(first, last, new GetReview("kept"), ReviewState.class)
                            .comments()
                            .size())
                    .isEqualTo(12);
        }
        try (Coordinator again = start(other, Reviewing.class)) {
            assertThat(ask(again, last, new GetReview("kept"), ReviewState.class)
                            .status())
                    .isEqualTo("approved");
            assertThatThrownBy(() -> again.send(new CommentReview("kept", "late")))
                    .isInstanceOf(RuleBroken.class);
            assertItsSnapshotsAreChecked(again, other);
        }
        try (Coordinator anew = start(other, ReviewingAnew.class)) {
            Awaitility.await().untilAsserted(() -> assertThat(
                            anew.bean(Views.class).of(ReviewState.MODEL).byId("kept"))
                    .hasValueSatisfying(review -> assertThat(review.status()).isEqualTo("approved")));
            assertThat(anew.bean(Projections.class).names()).doesNotContain("team-work");
        }
        try (Coordinator without = start(other, Object.class)) {
            long spawned = without.send(new SpawnAgent("agent-1", "coder")).position();
            assertThat(without.bean(QueryGateway.class)
                            .query(AtLeast.position(spawned, FindEvents.of("kept")), PageOf.items(RecordedEvent.class))
                            .join()
                            .items())
                    .hasSize(14);
        }
        assertThat(output.getAll())
                .as("what is declared otherwise is not damaged")
                .doesNotContain(other.resolve("timetravel.db") + " cannot be used");
    }

    @Configuration
    static class Undeclared {

        @Bean
        Feature reviews() {
            return Feature.of(ReviewState.MODEL);
        }
    }

    @Test
    void whatIsNotDeclaredAsItMustBeIsSaidWithoutTheBeansThatWantedIt(@TempDir Path other, CapturedOutput output) {
        assertThatThrownBy(() -> start(other.resolve("none"), Undeclared.class))
                .hasRootCauseInstanceOf(DeclarationRefused.class);
        assertThat(output.getAll()).contains("Description:\n\nThe read model review folds review:");
        assertThat(other.resolve("none")).doesNotExist();
    }

    record ForgetReview(String aggregateId) implements ReviewCommand {

        @Override
        public LedgerEvent event() {
            return new ReviewApproved(aggregateId, null);
        }
    }

    @Test
    void whatItsOwnPartsDoNotDoIsSaidByTheirNames() {
        long last = open("told").position();

        assertThatThrownBy(() -> coordinator.send(new ForgetReview("told")))
                .isInstanceOf(NoHandlerForCommandException.class)
                .hasMessageContainingAll(ForgetReview.class.getName(), "review told", "@Decides");
        assertThatThrownBy(() -> coordinator.send(new RateReview("told", 1.0, "another type")))
                .isInstanceOf(CompletionFailed.class)
                .hasMessageContainingAll(
                        Review.class.getName(), "review:rated", "agent:stopped", "nothing was written");
        assertThatThrownBy(() -> coordinator.send(new CommentReview("told", null)))
                .isInstanceOf(RuleFailed.class)
                .hasMessageContainingAll("CommentSaysSomething", "NullPointerException", "review:commented");
        assertThatThrownBy(() -> coordinator.bean(Positions.class).await("open-review", last))
                .hasMessageStartingWith("There is no projection open-review: it is none of agent-state, ");
    }
}
