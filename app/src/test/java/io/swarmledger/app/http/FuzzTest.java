package io.swarmledger.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.RandomRequests.Request;
import io.swarmledger.app.http.RandomRequests.Wanted;
import io.swarmledger.app.http.RawHttp.Answer;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.Verification;
import io.swarmledger.commands.Appended;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Requests by chance: 3,000 in the build, as many as {@code -Dfuzz.requests=100000} says, and the same ones again with
 * {@code -Dfuzz.seed=}. Whatever is sent, nothing fails in a way that nobody foresaw, and the log has exactly the events
 * that somebody was told of.
 */
class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3_000);

    private static final Pattern STACK_TRACE =
            Pattern.compile("\\bat [a-z][\\w.]*\\.[A-Z]\\w*\\.|\\b(?:java|tools|org|io)\\.[a-z]+\\.[\\w.]*[A-Z]\\w+");

    /** Those of the contract, and those that only the protocol knows. */
    private static final Set<Integer> REFUSALS =
            Set.of(400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422, 501, 503, 505);

    /** Answers 0 for nodes that are equal, as {@link JsonNode#equals(Comparator, JsonNode)} asks for. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private static final int ENOUGH = 20;

    @TempDir
    Path directory;

    private final SoftAssertions checks = new SoftAssertions();

    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Map<String, Appended> told = new HashMap<>();
    private final Map<String, Wanted> wanted = new HashMap<>();

    @Test
    void nothingFailsUnforeseenAndTheLogHasWhatWasAnswered() throws Exception {
        long seed = Long.getLong("fuzz.seed", new Random().nextLong());
        System.out.println("FuzzTest: -Dfuzz.requests=" + REQUESTS + " -Dfuzz.seed=" + seed);
        RandomRequests requests = new RandomRequests(seed, 30 + REQUESTS / 100);
        try (HttpLedger ledger = HttpLedger.in(directory)) {
            RawHttp connection = new RawHttp(ledger.port());
            for (int i = 0; i < REQUESTS; i++) {
                Request request = requests.next();
                Answer answer;
                try {
                    answer = send(connection, request, ledger.port());
                } catch (IOException closed) {
                    // With the answer before, which did not say so: nobody took what came behind it.
                    connection.close();
                    connection = new RawHttp(ledger.port());
                    answer = answerOrFail(connection, i, request, ledger.port());
                }
                check(i, request, answer);
                if (answer.isLast()) {
                    connection.close();
                    connection = new RawHttp(ledger.port());
                }
            }
            connection.close();
            compareWithTheLog(ledger);
        }
        int accepted = statuses.entrySet().stream()
                .filter(status -> status.getKey() < 300)
                .mapToInt(Map.Entry::getValue)
                .sum();
        System.out.println(
                "FuzzTest: " + accepted + " accepted, " + told.size() + " events, answers by status " + statuses);
        checks.assertAll();
        assertThat(Verification.of(new LedgerFiles(directory).log(), events -> {})
                        .problems())
                .isEmpty();
        assertThat(accepted).as("accepted of " + REQUESTS).isGreaterThan(REQUESTS / 5);
    }

    private static Answer send(RawHttp connection, Request request, int port) throws IOException {
        return connection.say(request.head(port), request.body()).answer();
    }

    private static Answer answerOrFail(RawHttp connection, int number, Request request, int port) {
        try {
            return send(connection, request, port);
        } catch (IOException unanswered) {
            throw new AssertionError("request " + number + " is not answered:\n" + request, unanswered);
        }
    }

    private void check(int number, Request request, Answer answer) {
        String what = "request " + number + ":\n" + request + "\n" + answer;
        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.status() >= 400) {
            checks.assertThat(answer.status()).as(what).isIn(REFUSALS);
            checks.assertThat(answer.header("Content-Type").orElse("none"))
                    .as(what)
                    .startsWith("application/problem+json");
            checks.assertThat(answer.body())
                    .as(what)
                    .contains("\"status\":" + answer.status())
                    .doesNotContainPattern(STACK_TRACE);
        }
        if (answer.status() == 503) {
            checks.assertThat(answer.header("Retry-After")).as(what).isPresent();
        }
        List<Appended> appended = appendedIn(answer);
        appended.forEach(one ->
                checks.assertThat(told.getOrDefault(one.id(), one)).as(what).isEqualTo(one));
        appended.forEach(one -> told.put(one.id(), one));
        if (!request.wanted().isEmpty()) {
            checks.assertThat(appended.size())
                    .as(what)
                    .isLessThanOrEqualTo(request.wanted().size());
            for (int i = 0; i < appended.size(); i++) {
                wanted.put(appended.get(i).id(), request.wanted().get(i));
            }
        }
        assertThat(checks.errorsCollected()).hasSizeLessThan(ENOUGH);
    }

    /** Every event that an answer tells of, whether it was accepted or came before one that was refused. */
    private static List<Appended> appendedIn(Answer answer) {
        List<Appended> appended = new ArrayList<>();
        answer.body().lines().forEach(line -> {
            try {
                collect(Json.mapper().readTree(line), appended);
            } catch (JacksonException noJson) {
                // Then it tells of none.
            }
        });
        return appended;
    }

    private static void collect(JsonNode answer, List<Appended> appended) {
        if (answer.isArray()) {
            answer.forEach(one -> collect(one, appended));
        } else if (answer.has("appended")) {
            collect(answer.get("appended"), appended);
        } else if (Set.copyOf(answer.propertyNames()).equals(Set.of("id", "aggregateId", "version", "position"))) {
            appended.add(Json.mapper().treeToValue(answer, Appended.class));
        }
    }

    private void compareWithTheLog(HttpLedger ledger) {
        JdbcClient log = JdbcClient.create(ledger.bean(LogFile.class).readers());
        Map<String, Appended> stored = new HashMap<>();
        log.sql("SELECT eventIdentifier AS id, aggregateIdentifier AS aggregateId, sequenceNumber + 1 AS version,"
                        + " globalIndex AS position FROM DomainEventEntry")
                .query(Appended.class)
                .list()
                .forEach(one -> stored.put(one.id(), one));
        assertThat(stored).as("what somebody was told of").containsAllEntriesOf(told);
        stored.keySet().removeAll(told.keySet());
        assertThat(stored).as("events that nobody was told of").isEmpty();
        log.sql("SELECT eventIdentifier, payloadType, payload FROM DomainEventEntry")
                .query((row, number) -> {
                    compare(row.getString(1), row.getString(2), Json.mapper().readTree(row.getString(3)));
                    return true;
                })
                .list();
    }

    /** What its caller said of the payload is in it; what was left out the aggregate filled in. */
    private void compare(String id, String type, JsonNode payload) {
        Wanted asked = wanted.get(id);
        if (asked == null) {
            return;
        }
        assertThat(type).as(id).isEqualTo(asked.type());
        assertThat(told.get(id).aggregateId()).as(id).isEqualTo(asked.aggregateId());
        Json.mapper().readTree(asked.payload()).forEachEntry((field, value) -> {
            if (!value.isNull()) {
                assertThat(value.equals(BY_VALUE, payload.path(field)))
                        .as("%s: %s of %s is %s, not %s", id, field, type, payload.path(field), value)
                        .isTrue();
            }
        });
    }
}
