package io.swarmledger.app.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsOverHttpTest {

    @TempDir
    Path directory;

    private TokenFile tokens;
    private String operator;
    private HttpLedger ledger;

    @BeforeEach
    void open() {
        tokens = new TokenFile(new LedgerFiles(directory));
        operator = tokens.create("olga", Role.operator, Clock.systemUTC());
        ledger = HttpLedger.in(directory);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static String cookieIn(Answer answer, String name) {
        return answer.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow();
    }

    private static String value(String cookie) {
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private Answer begin(String secret) {
        return ledger.post("/api/session", "", "Authorization", "Bearer " + secret);
    }

    @Test
    void aTokenIsTradedForACookieThatNoScriptReadsAndNoOtherSiteSends() {
        Answer begun = begin(operator);
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.json().get("name").asString()).isEqualTo("olga");
        assertThat(begun.json().get("role").asString()).isEqualTo("operator");
        assertThat(begun.text()).doesNotContain(operator);
        String set = cookieIn(begun, Sessions.COOKIE);
        assertThat(set).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain(operator);

        String cookie = value(set);
        assertThat(ledger.get("/api/projections", "Cookie", cookie).status()).isEqualTo(200);
        Answer who = ledger.get("/api/session", "Cookie", cookie);
        assertThat(who.json().get("name").asString()).isEqualTo("olga");

        String csrf = who.json().get("csrfToken").asString();
        String header = who.json().get("csrfHeader").asString();
        String both = cookie + "; " + value(cookieIn(who, "XSRF-TOKEN"));
        Answer without = ledger.post("/api/operations/verify", "", "Cookie", both);
        assertThat(without.status()).isEqualTo(403);
        assertThat(without.json().get("detail").asString()).contains("CSRF");
        assertThat(ledger.post("/api/operations/verify", "", "Cookie", both, header, "another")
                        .status())
                .isEqualTo(403);
        assertThat(ledger.post("/api/operations/verify", "", "Cookie", both, header, csrf)
                        .status())
                .isEqualTo(202);

        Answer ended = ledger.send(
                ledger.request("/api/session", "Cookie", both, header, csrf).DELETE());
        assertThat(ended.status()).isEqualTo(204);
        assertThat(cookieIn(ended, Sessions.COOKIE)).contains("Max-Age=0");
        assertThat(ledger.get("/api/projections", "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void aSessionEndsWithItsToken() {
        String cookie = value(cookieIn(begin(operator), Sessions.COOKIE));
        assertThat(ledger.get("/api/projections", "Cookie", cookie).status()).isEqualTo(200);

        tokens.revoke("olga");

        assertThat(ledger.get("/api/projections", "Cookie", cookie).status()).isEqualTo(401);
        assertThat(begin(operator).status()).isEqualTo(401);
    }

    @Test
    void soDoesAStreamThatHasBegun() throws Exception {
        String cookie = value(cookieIn(begin(operator), Sessions.COOKIE));
        String reader = tokens.create("rita", Role.reader, Clock.systemUTC());
        CompletableFuture<String> ofCookie = stream("Cookie", cookie);
        CompletableFuture<String> ofToken = stream("Authorization", "Bearer " + reader);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ledger.get(
                        "/actuator/prometheus", "Authorization", "Bearer " + operator)
                .text()
                .contains("ledger_stream_consumers 2.0"));

        tokens.revoke("olga");

        assertThat(ofCookie.get(30, TimeUnit.SECONDS)).contains("event:closed").contains("revoked");
        assertThat(ofToken).isNotDone();
        tokens.revoke("rita");
        assertThat(ofToken.get(30, TimeUnit.SECONDS)).contains("revoked");
    }

    private CompletableFuture<String> stream(String header, String value) {
        return HttpClient.newHttpClient()
                .sendAsync(ledger.request("/api/events/stream", header, value).build(), BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
    }

    @Test
    void aSessionHasTheRoleOfItsToken() {
        String reader = tokens.create("rita", Role.reader, Clock.systemUTC());
        Answer begun = begin(reader);
        String cookie = value(cookieIn(begun, Sessions.COOKIE)) + "; " + value(cookieIn(begun, "XSRF-TOKEN"));

        assertThat(ledger.get("/api/projections", "Cookie", cookie).status()).isEqualTo(200);
        assertThat(ledger.post(
                                "/api/operations/verify",
                                "",
                                "Cookie",
                                cookie,
                                "X-XSRF-TOKEN",
                                begun.json().get("csrfToken").asString())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theServiceOnThisMachineIsOpenUntilThereAreTokensAndOpensNeverByItself() throws Exception {
        Path open = directory.resolve("open");
        try (HttpLedger other = HttpLedger.in(open)) {
            assertThat(other.get("/api/projections").status()).isEqualTo(200);
            assertThat(other.get("/api/session").json().get("name").isNull()).isTrue();
            assertThat(other.post("/api/session", "").status()).isEqualTo(409);
            assertThat(other.post("/api/operations/verify", "").status()).isEqualTo(202);

            TokenFile made = new TokenFile(new LedgerFiles(open));
            String secret = made.create("first", Role.reader, Clock.systemUTC());
            assertThat(other.get("/api/projections").status()).isEqualTo(401);
            assertThat(other.get("/api/projections", "Authorization", "Bearer " + secret)
                            .status())
                    .isEqualTo(200);
            made.revoke("first");
            assertThat(other.get("/api/projections").status())
                    .as("the last one is gone")
                    .isEqualTo(401);
            Files.writeString(made.path(), "[{");
            assertThat(other.get("/api/projections").status())
                    .as("the file is damaged")
                    .isEqualTo(503);
            Files.delete(made.path());
            assertThat(other.get("/api/projections").status())
                    .as("the file is gone")
                    .isEqualTo(503);
        }
        try (HttpLedger again = HttpLedger.in(open)) {
            assertThat(again.get("/api/projections").status()).isEqualTo(200);
        }
    }

    @Test
    void boundToAnyOtherAddressNothingIsOpen() {
        try (HttpLedger other = HttpLedger.in(directory.resolve("bound"), "server.address=0.0.0.0")) {
            for (String path : List.of("/api/projections", "/actuator/prometheus", "/")) {
                assertThat(other.get(path).status()).as(path).isEqualTo(401);
            }
        }
    }
}
