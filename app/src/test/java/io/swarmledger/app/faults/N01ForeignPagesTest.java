package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.RawHttp;
import io.swarmledger.app.http.RawHttp.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N1 DNS rebinding, cross-site form posts, Origin: null, CORS reflection")
class N01ForeignPagesTest {

    private static final String READ = "/api/projections";
    private static final String WRITE = "/api/operations/verify";

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory("swarm-ledger.http.allowed-hosts=ledger.test,other.test:99");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static String own() {
        return "127.0.0.1:" + ledger.port();
    }

    private static Answer get(String path, String... headers) {
        return RawHttp.send(ledger.port(), "GET", path, "", headers);
    }

    private static Answer post(String... headers) {
        return RawHttp.send(ledger.port(), "POST", WRITE, "", withLength(headers));
    }

    private static String[] withLength(String... headers) {
        return Stream.concat(Stream.of(headers), Stream.of("Content-Length: 0")).toArray(String[]::new);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.test",
                "evil.test:8080",
                "127.0.0.1.evil.test",
                "localhost.evil.test",
                "evil-localhost",
                "10.0.0.1",
                "0.0.0.0",
                "[::2]",
                "xledger.test",
                "other.test",
                "other.test:98"
            })
    void aNameThatIsNotOursIsRefusedForReadingAndWriting(String host) {
        assertRefused(get(READ, "Host: " + host));
        assertRefused(get("/actuator/health", "Host: " + host));
        assertRefused(get("/", "Host: " + host));
        assertRefused(post("Host: " + host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:4711",
                "127.1.2.3",
                "localhost",
                "LocalHost:4711",
                "[::1]:4711",
                "ledger.test",
                "Ledger.Test:443",
                "other.test:99"
            })
    void ourNamesAreServed(String host) {
        assertThat(get(READ, "Host: " + host).status()).isEqualTo(200);
        assertThat(post("Host: " + host, "Origin: https://" + host).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://evil.test",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "http://localhost:4711",
                "file://",
                "chrome-extension://abcdef",
                "",
                "127.0.0.1:4711"
            })
    void aPageOfAnotherOriginNeitherReadsNorWrites(String origin) {
        assertRefused(get(READ, "Host: " + own(), "Origin: " + origin));
        assertRefused(post("Host: " + own(), "Origin: " + origin));
        assertRefused(RawHttp.send(
                ledger.port(),
                "OPTIONS",
                WRITE,
                "",
                "Host: " + own(),
                "Origin: " + origin,
                "Access-Control-Request-Method: POST"));
    }

    @Test
    void twoOriginsAreNoBetterThanTheWorseOne() {
        assertRefused(post("Host: " + own(), "Origin: http://" + own(), "Origin: https://evil.test"));
    }

    @Test
    void aFormOfAnotherSiteIsRefused() {
        assertRefused(RawHttp.send(
                ledger.port(),
                "POST",
                WRITE,
                "{\"id\":\"a\"}",
                "Host: " + own(),
                "Origin: https://evil.test",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document",
                "Content-Type: text/plain"));
    }

    @Test
    void whatABrowserSaysOfTheSiteIsEnough() {
        assertRefused(post("Host: " + own(), "Sec-Fetch-Site: cross-site"));
        assertRefused(post("Host: " + own(), "Sec-Fetch-Site: same-site"));
        assertRefused(post("Host: " + own(), "Sec-Fetch-Site: something-new"));
        assertRefused(get(READ, "Host: " + own(), "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"));
        assertRefused(get(
                READ,
                "Host: " + own(),
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document"));
        assertRefused(get("/", "Host: " + own(), "Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: iframe"));
    }

    @Test
    void itsOwnPagesAndProgramsAreServed() {
        assertThat(post("Host: " + own()).status()).isEqualTo(202);
        assertThat(post("Host: " + own(), "Origin: http://" + own(), "Sec-Fetch-Site: same-origin")
                        .status())
                .isEqualTo(202);
        assertThat(get(READ, "Host: " + own(), "Sec-Fetch-Site: none").status()).isEqualTo(200);
        Answer link = get(
                "/no-such-page",
                "Host: " + own(),
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document");
        assertThat(link.status()).as("a link to a page is followed").isEqualTo(404);
    }

    @Test
    void noAnswerMayBeFramedSniffedOrRunForeignScripts() {
        Answer answer = get(READ, "Host: " + own());

        assertThat(answer.header("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
                .doesNotContain("unsafe", "*"));
        assertThat(answer.header("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("Server")).isEmpty();
    }
}
