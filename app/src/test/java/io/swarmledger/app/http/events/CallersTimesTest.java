package io.swarmledger.app.http.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A live event happened between the year 2000 and now, or a little later: another time is refused, by all doors. */
class CallersTimesTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final long MICROSECONDS = 1_767_517_200_030_000L;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private static HttpLedger ledger;

    private final String id = "timed-" + NUMBER.incrementAndGet();
    private long before;

    @BeforeAll
    static void start() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @BeforeEach
    void count() {
        before = head();
    }

    @AfterEach
    void nothingElseIsAppended() {
        assertThat(head()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "1767517200, seconds",
        "1767517200030000, microseconds",
        "1767517200030000, clock-tolerance",
        "1767517200030000000, nanoseconds",
        "1e300, 1.0E300",
        "-1, -1",
        "0, year 2000",
        "946684799999, year 2000",
        "4102444800000, 'later than the ledger''s clock by more than swarm-ledger.clock-tolerance, 3600000 ms'"
    })
    void aTimestampThatCannotBeIsRefusedInEitherMode(String timestamp, String said) {
        for (String mode : new String[] {"decide", "observe"}) {
            assertRefused(append(mode, created("\"timestamp\":" + timestamp, "")), "timestamp", said);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1767517200030\"", "\"NaN\"", "\"2026-01-04T09:00:00Z\"", "true", "{}"})
    void aTimestampThatIsNoNumberIsMalformed(String timestamp) {
        Answer answer = append("decide", created("\"timestamp\":" + timestamp, ""));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("field").asString()).isEqualTo("timestamp");
    }

    @Test
    void aTypedCommandIsToldTheSame() {
        assertRefused(
                ledger.post(
                        "/api/agents",
                        "{\"agentId\":\"" + id + "\",\"role\":\"r\",\"timestamp\":" + MICROSECONDS + "}"),
                "timestamp",
                "microseconds");
        assertRefused(
                ledger.post(
                        "/api/tasks", "{\"taskId\":\"" + id + "\",\"title\":\"T\",\"createdAt\":" + MICROSECONDS + "}"),
                "createdAt",
                "microseconds");
    }

    @Test
    void timesOfThePayloadAreTheCallersToo() {
        assertRefused(append("decide", created(null, "\"createdAt\":" + MICROSECONDS)), "createdAt", "microseconds");
        assertRefused(append("observe", created(null, "\"createdAt\":1767517200")), "createdAt", "seconds");
        assertRefused(
                append("observe", created(null, "\"createdAt\":" + (System.currentTimeMillis() + 2 * HOUR))),
                "createdAt",
                "later than the ledger's clock by more than swarm-ledger.clock-tolerance, 3600000 ms");
    }

    @Test
    void oneAmongOthersIsNamedByItsIndex() {
        Answer answer = append(
                "decide",
                "[" + created(null, "") + ","
                        + created("\"timestamp\":" + MICROSECONDS, "").replace(id, id + "-b") + "]");

        assertRefused(answer, "timestamp", "microseconds");
        assertThat(answer.json().path("index").asInt()).isEqualTo(1);
        assertThat(answer.json().path("appended")).hasSize(1);
        before++;
    }

    @Test
    void aClockThatIsALittleAheadIsBelieved() {
        long ahead = System.currentTimeMillis() + HOUR - 60_000;
        assertThat(append("decide", created("\"timestamp\":" + ahead, "\"createdAt\":" + ahead))
                        .status())
                .isEqualTo(201);
        before++;
    }

    @Test
    void whatExpiresDoesSoLater() {
        long nextYear = System.currentTimeMillis() + Duration.ofDays(365).toMillis();
        Answer answer = append(
                "observe",
                "{\"type\":\"memory:expired\",\"aggregateId\":\"" + id + "\",\"payload\":{\"expiresAt\":" + nextYear
                        + "}}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        before++;
    }

    private String created(String beside, String payload) {
        return "{\"type\":\"task:created\",\"aggregateId\":\"" + id + "\"," + (beside == null ? "" : beside + ",")
                + "\"payload\":{\"title\":\"T\"" + (payload.isEmpty() ? "" : "," + payload) + "}}";
    }

    private static Answer append(String mode, String body) {
        return ledger.post("/api/events?mode=" + mode, body);
    }

    private static void assertRefused(Answer answer, String field, String said) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("field").asString()).isEqualTo(field);
        assertThat(answer.json().path("detail").asString()).contains(said);
    }

    private static long head() {
        return ledger.get("/api/stats").json().path("totalEvents").asLong();
    }
}
