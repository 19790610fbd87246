package io.swarmledger.app.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.Feature;
import io.swarmledger.app.embedding.review.Audit;
import io.swarmledger.app.embedding.review.Review;
import io.swarmledger.events.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** A coordinator's own events through the door that its application opens. */
class OwnFeatureOverHttpTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext application;

    @Configuration
    static class Auditing {

        @Bean
        Feature audits() {
            return Feature.of(Audit.DECLARED);
        }
    }

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(
                        Coordinator.WithoutDataSource.class, OwnFeatureTest.Reviewing.class, Auditing.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--swarm-ledger.data=:memory:",
                        "--swarm-ledger.http.base-path=/");
    }

    @AfterAll
    static void close() {
        application.close();
    }

    private static HttpResponse<String> send(String path, String body) throws Exception {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send(path, null);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return Json.mapper().readTree(answer.body());
    }

    private static HttpResponse<String> post(String mode, String id, String type, String payload) throws Exception {
        return send(
                "/api/events?mode=" + mode,
                "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"payload\":" + payload + "}");
    }

    private static String open(String id) throws Exception {
        HttpResponse<String> opened =
                post("decide", id, "review:opened", "{\"taskId\":\"task-1\",\"reviewer\":\"agent-7\"}");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        return Json.mapper().readTree(opened.body()).get(0).path("position").asString();
    }

    @Test
    void whatIsPostedIsDecidedByItsAggregate() throws Exception {
        open("decided");

        HttpResponse<String> again =
                post("decide", "decided", "review:opened", "{\"taskId\":\"task-1\",\"reviewer\":\"agent-7\"}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("ReviewIsOpenedOnce");
        assertThat(post("observe", "decided", "review:opened", "{\"taskId\":\"task-1\",\"reviewer\":\"agent-7\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(get("/api/aggregates/decided/events")
                        .path("items")
                        .get(1)
                        .path("metadata")
                        .toString())
                .contains("ReviewIsOpenedOnce");
    }

    @Test
    void aFieldThatItHasNotIsNamedAndNothingIsRecorded() throws Exception {
        HttpResponse<String> wrong = post("decide", "wrong", "review:opened", "{\"task\":\"task-1\"}");

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("payload.task").contains("reviewer");
        assertThat(send("/api/aggregates/wrong/state", null).statusCode()).isEqualTo(404);
        assertThat(post("decide", "wrong", "review:deleted", "{}").body()).contains("it can only be observed");
    }

    /** To the digit. */
    private static String payload(String id, int version) throws Exception {
        Map<?, ?> page = Json.mapper()
                .readValue(send("/api/aggregates/" + id + "/events", null).body(), Map.class);
        Map<?, ?> event = (Map<?, ?>) ((List<?>) page.get("items")).get(version - 1);
        return Json.mapper().writeValueAsString(event.get("payload"));
    }

    @Test
    void whatItsAggregateMakesOfWhatIsGivenIsJudgedAndRecorded() throws Exception {
        open("rated");

        assertThat(post("decide", "rated", "review:rated", "{\"by\":\" anna \",\"score\":11.50}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(payload("rated", 2)).isEqualTo("{\"by\":\"anna\",\"score\":5,\"reviewId\":\"rated\"}");
        assertThat(post("decide", "rated", "review:rated", "{\"by\":\"  \",\"score\":5.00}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(payload("rated", 3)).isEqualTo("{\"score\":5.00,\"reviewId\":\"rated\"}");
        assertThat(post("observe", "rated", "review:rated", "{\"score\":99}").statusCode())
                .isEqualTo(201);
        assertThat(payload("rated", 4)).isEqualTo("{\"score\":5,\"reviewId\":\"rated\"}");
        assertThat(post("decide", "rated", "review:rated", "{\"score\":-1,\"by\":\"anna\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(payload("rated", 5)).isEqualTo("{\"reviewId\":\"rated\",\"text\":\"anna has no score for it\"}");
    }

    @Test
    void whatIsSentAgainIsAnsweredAsAtFirstWhateverWasMadeOfIt() throws Exception {
        open("again");
        for (String score : new String[] {"11", "-1"}) {
            String event = "{\"id\":\"rating" + score + "\",\"type\":\"review:rated\",\"aggregateId\":\"again\","
                    + "\"payload\":{\"score\":" + score + ",\"by\":\"anna\"}}";
            HttpResponse<String> first = send("/api/events", event);
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);

            assertThat(send("/api/events", event).body()).isEqualTo(first.body());
            assertThat(send("/api/events", event.replace("score\":" + score, "score\":3"))
                            .statusCode())
                    .isEqualTo(409);
        }
        assertThat(get("/api/aggregates/again/events")
                        .path("items")
                        .get(1)
                        .path("metadata")
                        .toString())
                .isEqualTo("{\"asked\":{\"payload\":{\"score\":11}}}");
    }

    @Test
    void theIdInItsPayloadIsThatOfItsStream() throws Exception {
        open("itself");
        for (String mode : new String[] {"decide", "observe"}) {
            HttpResponse<String> another =
                    post(mode, "itself", "review:commented", "{\"reviewId\":\"another\",\"text\":\"well\"}");
            assertThat(another.statusCode()).as(another.body()).isEqualTo(400);
            assertThat(another.body()).contains("reviewId is not the aggregate's id itself");
        }
        assertThat(post("observe", "itself", "review:commented", "{\"text\":\"well\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(payload("itself", 2)).isEqualTo("{\"text\":\"well\",\"reviewId\":\"itself\"}");
    }

    /** A declared type is known before its first event, and another one is not. */
    @Test
    void itsTypeIsAFilterFromTheStart() throws Exception {
        assertThat(get("/api/events?aggregateType=audit").path("items").isEmpty())
                .isTrue();
        HttpResponse<String> unknown = send("/api/events?aggregateType=audits", null);
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body())
                .contains("agent, task, memory, swarm, ")
                .contains("audit")
                .contains("review");
        assertThat(send("/events", null).body()).contains("<option value=\"review\"", "<option value=\"audit\"");
    }

    @Test
    void aRuleThatFailsIsNamed() throws Exception {
        open("unruly");

        HttpResponse<String> failed = post("decide", "unruly", "review:commented", "{}");

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("rule-failed", "CommentSaysSomething");
    }

    /** Who asked did nothing wrong. */
    @ParameterizedTest
    @CsvSource({
        "nothing, to nothing",
        "thrown, by throwing java.lang.IllegalArgumentException: it cannot be completed",
        "another's, to a review:commented whose reviewId is not the aggregate's id",
        "no number, 'to a review:rated whose score is NaN, which is no number'",
        "another type, 'to a agent:stopped, which is no event of a review'"
    })
    void aCompletionThatFailsIsNamed(String by, String what) throws Exception {
        open("incomplete-" + by.hashCode());
        for (String mode : new String[] {"decide", "observe"}) {
            HttpResponse<String> failed =
                    post(mode, "incomplete-" + by.hashCode(), "review:rated", "{\"by\":\"" + by + "\",\"score\":1}");

            assertThat(failed.statusCode()).as(failed.body()).isEqualTo(500);
            assertThat(failed.body())
                    .contains("completion-failed", Review.class.getName() + " completes a review:rated " + what)
                    .contains("nothing was written");
        }
        assertThat(get("/api/aggregates/incomplete-" + by.hashCode() + "/events")
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void itIsAnsweredAsTheLedgersOwnAre() throws Exception {
        String position = open("answered");

        assertThat(get("/api/aggregates/answered/state")
                        .path("state")
                        .path("reviewer")
                        .asString())
                .isEqualTo("agent-7");
        assertThat(get("/api/state?minPosition=" + position)
                        .path("own")
                        .path("review")
                        .path("items")
                        .findValuesAsString("id"))
                .contains("answered");
        assertThat(get("/api/evidence?type=review&field=status&minPosition=" + position)
                        .path("items")
                        .findValuesAsString("id"))
                .contains("answered");
        assertThat(get("/api/projections").path("items").findValuesAsString("name"))
                .contains("agent-state", "open-reviews", "team-work");
        assertThat(send("/events", null).body()).contains("review:opened");
        assertThat(get("/api/events?aggregateType=review").path("items").isEmpty())
                .isFalse();
    }

    @Test
    void itsViewsAreReplayedAndChecked() throws Exception {
        open("checked");

        assertThat(send("/api/projections/all/replay", "").statusCode()).isEqualTo(202);
        Awaitility.await().until(() -> get("/api/projections/open-reviews/replay")
                .path("state")
                .asString()
                .equals("done"));
        assertThat(send("/api/projections/open-reviews/check", "").statusCode()).isEqualTo(202);
        Awaitility.await().until(() -> get("/api/projections/open-reviews/check")
                .path("result")
                .path("ok")
                .asBoolean(false));
    }
}
